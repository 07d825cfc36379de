package dev.braid.report;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The mean and standard deviation of a figure over repeated runs.
 *
 * @param mean {@link Matrix#MISSING} if one of the runs lacks the figure
 * @param deviation the sample standard deviation (divisor runs - 1); empty for a single run
 * @param runs the number of runs
 */
public record Spread(double mean, OptionalDouble deviation, int runs) {
  /** The spread of the figures of all runs, at least one. */
  static Spread of(List<Double> figures) {
    int runs = figures.size();
    double mean = figures.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double squares = 0;
    for (double figure : figures) {
      squares += (figure - mean) * (figure - mean);
    }
    return new Spread(
        mean,
        runs == 1 || Double.isNaN(mean)
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares / (runs - 1))),
        runs);
  }

  /** Whether the figure is missing. */
  public boolean isMissing() {
    return Double.isNaN(mean);
  }
}
