package dev.braid.jobs.source;

/** Thrown when a source cannot become a data set; the message says why and what to do. */
public final class RefusedDatasetException extends IllegalArgumentException {
  public RefusedDatasetException(String message, Object... values) {
    // A name may hold a line break; a sentence may not.
    super(message.formatted(values).replaceAll("\\p{Cntrl}", "?"));
  }
}
