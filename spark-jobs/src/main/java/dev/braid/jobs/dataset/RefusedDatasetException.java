package dev.braid.jobs.dataset;

/** A source of pictures that cannot become a data set; one sentence says why and what to do. */
public final class RefusedDatasetException extends IllegalArgumentException {
  RefusedDatasetException(String message, Object... values) {
    super(message.formatted(values));
  }
}
