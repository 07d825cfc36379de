package dev.braid.vlm.train;

import dev.braid.model.Check;
import dev.braid.vlm.tensor.Compute;
import java.io.Serializable;
import java.util.Optional;

/**
 * The settings of a task's training (METHODS 2.1).
 *
 * @param batch the number of images of a step
 * @param microBatch the number of images that are computed at once: fewer take less memory and
 *     change the last digits of the gradient
 * @param compute the precision of the large matrix products; everything else is float32
 * @param steps the length of the schedule; the learning rate is 0 after it
 * @param warmup the number of steps of linear increase before the cosine
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
  /** Names of checkpoints contain the number of steps in nine digits. */
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

  /** Settings that compute the whole batch at once, in float32. */
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

  /** The same settings with another seed. */
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

  /** The micro-batch, if it is smaller than the batch. */
  public Optional<Integer> ownMicroBatch() {
    return Optional.of(microBatch).filter(pictures -> pictures < batch);
  }

  /** The precision of the matrix products, if it is not float32. */
  public Optional<Compute> ownCompute() {
    return Optional.of(compute).filter(numbers -> numbers != Compute.FLOAT32);
  }

  /** The learning rate of every step. */
  public Schedule schedule() {
    return new Schedule(learningRate, warmup, steps);
  }
}
