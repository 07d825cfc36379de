package dev.braid.jobs.source;

/** A source of pictures that cannot become a data set; one sentence says why and what to do. */
public final class RefusedDatasetException extends IllegalArgumentException {
  public RefusedDatasetException(String message, Object... values) {
    super(message.formatted(values));
  }
}
