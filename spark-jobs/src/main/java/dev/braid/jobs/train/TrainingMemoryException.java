package dev.braid.jobs.train;

/** A training does not fit the executors' memory: give them more, or make the training smaller. */
public final class TrainingMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingMemoryException(String message) {
    super(message);
  }
}
