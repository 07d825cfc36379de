package dev.braid.vlm.train;

/** The loss or a weight is no longer finite: train again with a smaller learning rate. */
public final class TrainingDivergedException extends RuntimeException {
  /**
   * A training that diverged.
   *
   * @param what the value that is not finite
   * @param step the last step taken, counted from 0
   * @param rate the learning rate of that step
   */
  public TrainingDivergedException(String what, int step, double rate) {
    super(
        "Cannot go on training: %s at step %s with learning rate %s; use a smaller learning rate or a longer warm-up"
            .formatted(what, step, rate));
  }
}
