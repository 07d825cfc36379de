package dev.braid.merge.blend;

/**
 * The entry of largest magnitude, times a factor (MagMax, arXiv 2407.06322; METHODS 4). Of equal
 * magnitudes the earlier task wins.
 */
public record MagMax(float scale) implements Blend {
  /** The published factor. */
  public static final float SCALE = 0.5f;

  @Override
  public String label() {
    return "magmax " + scale;
  }

  @Override
  public void merge(float[][] deltas, float[] least, float[] merged) {
    for (int j = 0; j < merged.length; j++) {
      float largest = 0;
      for (float[] delta : deltas) {
        largest = Math.abs(delta[j]) > Math.abs(largest) ? delta[j] : largest;
      }
      merged[j] = scale * largest;
    }
  }
}
