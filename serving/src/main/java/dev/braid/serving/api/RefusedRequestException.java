package dev.braid.serving.api;

/** A request gets no answer; the client may mend it, or try again where the status says so. */
public final class RefusedRequestException extends RuntimeException {
  private final int status;

  /**
   * A refusal.
   *
   * @param status of HTTP
   * @param sentence what is wrong, for the client
   */
  public RefusedRequestException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /** A refusal with 400: the request is malformed. */
  static RefusedRequestException malformed(String sentence, Object... values) {
    return new RefusedRequestException(400, sentence.formatted(values));
  }

  /** A refusal with 422: the request is well formed, but asks for what cannot be. */
  static RefusedRequestException invalid(String sentence, Object... values) {
    return new RefusedRequestException(422, sentence.formatted(values));
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
