package dev.braid.merge.blend;

/**
 * The sum of the deltas times a factor, 0.3·Σδ (arXiv 2212.04089; METHODS 4).
 *
 * <p>Sums are float32, left to right.
 */
public record TaskArithmetic(float scale) implements Blend {
  /** The published factor. */
  public static final float SCALE = 0.3f;

  @Override
  public String label() {
    return "task-arithmetic " + scale;
  }

  @Override
  public void merge(float[][] deltas, float[] least, float[] merged) {
    for (int j = 0; j < merged.length; j++) {
      float sum = 0;
      for (float[] delta : deltas) {
        sum += delta[j];
      }
      merged[j] = scale * sum;
    }
  }
}
