package dev.braid.jobs.source;

/**
 * A picture changed while its source was read: read the source again. If it changes again, somebody
 * still writes to it, and it cannot become a data set yet.
 */
public final class ChangedSourceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * The change of a picture.
   *
   * @param source its name in messages
   * @param picture its name in the source
   */
  public ChangedSourceException(String source, String picture) {
    super(
        "Cannot learn from %s: %s changed while it was read; add the task again when nobody writes to it"
            .formatted(source, picture));
  }
}
