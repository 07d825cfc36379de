package dev.braid.vlm.train;

import dev.braid.model.Check;
import dev.braid.vlm.tensor.Compute;
import java.io.Serializable;
import java.util.Optional;

/**
 * How a task is trained (METHODS 2.1).
 *
 * @param batch pictures of a step
 * @param microBatch pictures of it that are computed at once: fewer take less memory, and the
 *     gradient differs in its last digits
 * @param compute the numbers of the large matrix products; all else is float32
 * @param steps length of the schedule; the learning rate is 0 behind it
 * @param warmup steps of linear rise before the cosine
 * @param seed of sampling and crops
 */
public record TrainSettings(
    int batch,
    int microBatch,
    Compute compute,
    int steps,
    int warmup,
    double learningRate,
    double labelSmoothing,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    long seed)
    implements Serializable {
  /** Checkpoints bear the number of steps in nine digits. */
  private static final int MOST_STEPS = 999_999_999;

  public TrainSettings {
    Check.argument(batch > 0, "Invalid batch: %s (at least 1)", batch);
    Check.argument(
        microBatch > 0 && microBatch <= batch,
        "Invalid micro-batch: %s (1 to %s, the batch)",
        microBatch,
        batch);
    Check.argument(
        steps > 0 && steps <= MOST_STEPS, "Invalid steps: %s (1 to %s)", steps, MOST_STEPS);
    Check.argument(
        warmup >= 0 && warmup <= steps, "Invalid warm-up: %s (0 to %s, the steps)", warmup, steps);
    Check.argument(
        learningRate > 0 && Double.isFinite(learningRate),
        "Invalid learning-rate: %s (above 0)",
        learningRate);
    checkShare("label-smoothing", labelSmoothing);
    checkShare("beta1", beta1);
    checkShare("beta2", beta2);
    Check.argument(epsilon > 0, "Invalid epsilon: %s (above 0)", epsilon);
    Check.argument(weightDecay >= 0, "Invalid weight-decay: %s (0 or more)", weightDecay);
  }

  /** Settings whose steps compute the whole batch at once, in float32. */
  public TrainSettings(
      int batch,
      int steps,
      int warmup,
      double learningRate,
      double labelSmoothing,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      long seed) {
    this(
        batch,
        batch,
        Compute.FLOAT32,
        steps,
        warmup,
        learningRate,
        labelSmoothing,
        beta1,
        beta2,
        epsilon,
        weightDecay,
        seed);
  }

  /** The same with other random draws. */
  public TrainSettings withSeed(long other) {
    return new TrainSettings(
        batch,
        microBatch,
        compute,
        steps,
        warmup,
        learningRate,
        labelSmoothing,
        beta1,
        beta2,
        epsilon,
        weightDecay,
        other);
  }

  private static void checkShare(String name, double value) {
    Check.argument(value >= 0 && value < 1, "Invalid %s: %s (0 to below 1)", name, value);
  }

  /** The micro-batch where it is not the whole batch. */
  public Optional<Integer> ownMicroBatch() {
    return Optional.of(microBatch).filter(pictures -> pictures < batch);
  }

  /** The numbers of the matrix products where they are not float32. */
  public Optional<Compute> ownCompute() {
    return Optional.of(compute).filter(numbers -> numbers != Compute.FLOAT32);
  }

  /** The learning rate of every step. */
  public Schedule schedule() {
    return new Schedule(learningRate, warmup, steps);
  }
}
