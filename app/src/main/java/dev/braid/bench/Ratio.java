package dev.braid.bench;

import dev.braid.store.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;

/**
 * The median of paired ratios with their range.
 *
 * <p>The range of seven pairs contains the true median in 98 of 100 comparisons, whatever the
 * distribution.
 */
public record Ratio(double low, double median, double high) {
  /** The median and range of these ratios. */
  public static Ratio of(double[] ratios) {
    double[] sorted = ratios.clone();
    Arrays.sort(sorted);
    return new Ratio(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  Ratio inverse() {
    return new Ratio(1 / high, 1 / median, 1 / low);
  }

  JsonObject interval() {
    return new JsonObject().with("low", low).with("high", high);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, low, high);
  }
}
