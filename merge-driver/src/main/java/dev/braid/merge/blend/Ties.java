package dev.braid.merge.blend;

import java.util.OptionalDouble;

/**
 * TIES (arXiv 2306.01708; METHODS 4): keep the largest entries of every delta, elect the sign of
 * their sum, and average the entries that have it, times a factor.
 *
 * @param kept the share of entries that is kept, over the whole delta; equal magnitudes are kept
 *     together
 */
public record Ties(double kept, float scale) implements Blend {
  /** The published share. */
  public static final double KEPT = 0.2;

  @Override
  public String label() {
    return "ties %s %s".formatted(kept, scale);
  }

  @Override
  public OptionalDouble largest() {
    return OptionalDouble.of(kept);
  }

  @Override
  public void merge(float[][] deltas, float[] least, float[] merged) {
    for (int j = 0; j < merged.length; j++) {
      float sum = 0;
      for (int task = 0; task < deltas.length; task++) {
        sum += trimmed(deltas[task][j], least[task]);
      }
      float agreeing = 0;
      int count = 0;
      for (int task = 0; task < deltas.length; task++) {
        float value = trimmed(deltas[task][j], least[task]);
        if (value * Math.signum(sum) > 0) {
          agreeing += value;
          count++;
        }
      }
      merged[j] = count == 0 ? 0 : scale * (agreeing / count);
    }
  }

  private static float trimmed(float value, float least) {
    return Math.abs(value) >= least ? value : 0;
  }
}
