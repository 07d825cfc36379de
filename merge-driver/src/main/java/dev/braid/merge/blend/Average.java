package dev.braid.merge.blend;

/**
 * The mean of the deltas, Σδ/T (model soups, arXiv 2203.05482; METHODS 4).
 *
 * <p>Sums are float32, left to right.
 */
public record Average() implements Blend {
  @Override
  public String label() {
    return "average";
  }

  @Override
  public void merge(float[][] deltas, float[] least, float[] merged) {
    for (int j = 0; j < merged.length; j++) {
      float sum = 0;
      for (float[] delta : deltas) {
        sum += delta[j];
      }
      merged[j] = sum / deltas.length;
    }
  }
}
