package dev.braid.bench.routing;

import dev.braid.model.Check;
import java.util.Arrays;

/** The area under the receiver operating characteristic of a score. */
final class Auroc {
  private Auroc() {}

  /**
   * The probability that the score of a random positive is higher than that of a random negative;
   * equal scores count half.
   *
   * @throws IllegalArgumentException if there are no positives or no negatives
   */
  static double of(double[] positives, double[] negatives) {
    Check.argument(
        positives.length > 0 && negatives.length > 0,
        "Invalid scores: %s positives and %s negatives (at least one of each)",
        positives.length,
        negatives.length);
    double[] sorted = negatives.clone();
    Arrays.sort(sorted);
    double pairs = 0;
    for (double positive : positives) {
      int below = lowerBound(sorted, positive);
      int notAbove = lowerBound(sorted, Math.nextUp(positive));
      pairs += (below + notAbove) / 2.0;
    }
    return pairs / positives.length / negatives.length;
  }

  /** The number of values below a bound. */
  private static int lowerBound(double[] sorted, double bound) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
