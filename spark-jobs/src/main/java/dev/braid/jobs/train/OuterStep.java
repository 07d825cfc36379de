package dev.braid.jobs.train;

/**
 * The outer step after a round: Nesterov momentum on the replicas' mean move.
 *
 * <p>DiLoCo, arXiv 2311.08105: the round's weights minus the mean of the replicas' weights serves
 * as the gradient. Each coordinate is independent and replicas are summed in order, so the step is
 * a map over rows.
 */
final class OuterStep {
  // Every delta of several replicas depends on these: a change increments Training.STAGE_VERSION.
  private static final float RATE = 0.7f;
  private static final float MOMENTUM = 0.9f;

  private OuterStep() {}

  /**
   * Applies the step in place.
   *
   * @param weights of this round; then of the next one
   * @param momentum of the earlier rounds; then of this one too
   * @param replicas the weights of each replica after the round
   */
  static void apply(float[] weights, float[] momentum, float[][] replicas) {
    for (int j = 0; j < weights.length; j++) {
      double sum = 0;
      for (float[] replica : replicas) {
        sum += replica[j];
      }
      float moved = (float) (weights[j] - sum / replicas.length);
      momentum[j] = MOMENTUM * momentum[j] + moved;
      weights[j] -= RATE * (moved + MOMENTUM * momentum[j]);
    }
  }
}
