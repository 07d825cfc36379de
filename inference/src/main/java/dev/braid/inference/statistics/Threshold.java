package dev.braid.inference.statistics;

import dev.braid.model.Check;
import java.util.Arrays;

/**
 * The relative distance above which a picture is of no learned task.
 *
 * @param value in units of {@link Posterior#relativeDistance()}; finite
 */
public record Threshold(double value) {
  /** No picture is above it. */
  public static final Threshold NONE = new Threshold(Double.MAX_VALUE);

  private static final int PERCENT = 95;

  public Threshold {
    Check.argument(Double.isFinite(value), "Invalid threshold: %s (finite)", value);
  }

  /**
   * The 95 % quantile of the relative distances of validation pictures, in any order: the smallest
   * of them such that at least 95 % of them are no larger. {@link #NONE} if there are no pictures.
   */
  public static Threshold of(double[] relativeDistances) {
    if (relativeDistances.length == 0) {
      return NONE;
    }
    double[] sorted = relativeDistances.clone();
    Arrays.sort(sorted);
    long rank = ((long) PERCENT * sorted.length + 99) / 100;
    return new Threshold(sorted[(int) rank - 1]);
  }

  /** Whether a picture at this relative distance is of no learned task. */
  public boolean exceededBy(double relativeDistance) {
    return relativeDistance > value;
  }
}
