package dev.braid.merge.blend;

/**
 * A point on the line between two models, (1 − weight)·δ¹ + weight·δ²; with one delta, a point on
 * the line between the base and it.
 *
 * <p>With one delta it is WiSE-FT (arXiv 2109.01903, METHODS 4); with the global adapter and a
 * task's adapter it is PAM's average (arXiv 2506.03189, METHODS 3). A weight of 1 gives the last
 * delta bit for bit.
 *
 * @param weight of the last delta, 0..1
 */
public record Interpolation(float weight) implements Blend {
  /** The middle, which both methods use. */
  public static final float HALF = 0.5f;

  public Interpolation {
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException("Invalid weight: %s (0 to 1)".formatted(weight));
    }
  }

  @Override
  public String label() {
    return "interpolation " + weight;
  }

  @Override
  public void merge(float[][] deltas, float[] least, float[] merged) {
    if (deltas.length > 2) {
      throw new IllegalArgumentException(
          "Cannot interpolate %s deltas (one or two)".formatted(deltas.length));
    }
    float[] last = deltas[deltas.length - 1];
    if (weight == 1) {
      System.arraycopy(last, 0, merged, 0, merged.length);
    } else if (deltas.length == 1) {
      for (int j = 0; j < merged.length; j++) {
        merged[j] = weight * last[j];
      }
    } else {
      for (int j = 0; j < merged.length; j++) {
        merged[j] = (1 - weight) * deltas[0][j] + weight * last[j];
      }
    }
  }
}
