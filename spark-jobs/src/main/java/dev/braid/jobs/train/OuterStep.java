package dev.braid.jobs.train;

/**
 * The step between two rounds: Nesterov momentum on how far the replicas moved on average.
 *
 * <p>DiLoCo, arXiv 2311.08105: the round's weights minus the mean of the replicas' weights is taken
 * for a gradient. Every coordinate by itself, replicas in order, so it is a map over rows.
 */
final class OuterStep {
  // Part of every delta of several replicas: raise the stage number of Training with them.
  private static final float RATE = 0.7f;
  private static final float MOMENTUM = 0.9f;

  private OuterStep() {}

  /**
   * Steps in place.
   *
   * @param weights the round's weights; then the next round's
   * @param momentum of the rounds before; then of this one too
   * @param replicas the weights that each replica ended with
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
