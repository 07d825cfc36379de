package dev.braid.store.object;

/**
 * The bytes of an object are not those that were stored: restore the file from a copy, or create
 * the content again.
 */
public final class CorruptObjectException extends RuntimeException {
  private static final String ADVICE =
      "; 'braid fsck' reports what that affects and what can be done";

  public CorruptObjectException(String message) {
    super(message);
  }

  /** An object that is missing, or has other bytes than those that were stored. */
  CorruptObjectException(String location, String reason) {
    super("Cannot read %s: %s%s".formatted(location, reason, ADVICE));
  }

  private CorruptObjectException(String message, CorruptObjectException cause) {
    super(message, cause);
  }

  /**
   * The same, described as a part of something larger.
   *
   * @param part what the object is, such as "shard 3 of blob 0f3a…"
   */
  public CorruptObjectException as(String part) {
    String message = String.valueOf(getMessage());
    return new CorruptObjectException(
        "Cannot read %s: %s".formatted(part, message.replaceFirst("^Cannot read ", "")), this);
  }
}
