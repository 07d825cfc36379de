package dev.braid.model.figures;

import dev.braid.model.Check;
import java.util.Locale;

/** How many of a sample's pictures were classified correctly. */
public record Proportion(long correct, long total) {
  /** The normal quantile of a two-sided 95 % interval. */
  private static final double Z = 1.959963984540054;

  public Proportion {
    Check.argument(total > 0, "Invalid sample: %s pictures (at least one)", total);
    Check.argument(
        correct >= 0 && correct <= total, "Invalid count: %s right of %s", correct, total);
  }

  /** The share of correct ones, in 0..1. */
  public double value() {
    return (double) correct / total;
  }

  /**
   * The lower end of the 95 % interval of the true share (Wilson's score interval, which stays
   * honest for small samples and for shares near 0 and 1).
   */
  public double lowerBound() {
    double share = value();
    double z2 = Z * Z / total;
    double margin = Z * Math.sqrt(share * (1 - share) / total + z2 / (4 * total));
    return Math.max(0, (share + z2 / 2 - margin) / (1 + z2));
  }

  /** The upper end of the same interval. */
  public double upperBound() {
    return 1 - new Proportion(total - correct, total).lowerBound();
  }

  /**
   * Whether this share lies below that of another sample by more than a limit, and not by chance:
   * the fall exceeds the limit, and the lower end of its 95 % interval (Newcombe 1998, method 10)
   * lies above 0.
   *
   * @param limit in 0..1
   */
  public boolean isBelow(Proportion other, double limit) {
    double fall = other.value() - value();
    double below = other.value() - other.lowerBound();
    double above = upperBound() - value();
    return fall > limit && fall > Math.hypot(below, above);
  }

  /** The 95 % interval for people. */
  public String interval() {
    return String.format(
        Locale.ROOT, "95 %% interval %.1f to %.1f", 100 * lowerBound(), 100 * upperBound());
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100 * value(), correct, total);
  }
}
