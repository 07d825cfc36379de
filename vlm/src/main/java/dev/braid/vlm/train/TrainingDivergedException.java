package dev.braid.vlm.train;

/** The loss or the weights are no numbers any more: train again, with a smaller learning rate. */
public final class TrainingDivergedException extends RuntimeException {
  /**
   * Says what is no number.
   *
   * @param step the last one taken, from 0
   * @param rate the learning rate of that step
   */
  public TrainingDivergedException(String what, int step, double rate) {
    super(
        "Cannot go on training: %s at step %s with learning rate %s; use a smaller learning rate or a longer warm-up"
            .formatted(what, step, rate));
  }
}
