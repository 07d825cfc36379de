package dev.braid.report.chart;

import dev.braid.model.Check;
import java.util.List;

/**
 * A series of values with one style.
 *
 * @param values one for each position on the other axis; NaN if missing
 * @param deviations the deviation of each value to both sides; NaN if unknown
 */
public record Series(Ink ink, List<Double> values, List<Double> deviations) {
  public Series {
    values = List.copyOf(values);
    deviations = List.copyOf(deviations);
    Check.argument(
        values.size() == deviations.size(),
        "Invalid series: %s values and %s deviations",
        values.size(),
        deviations.size());
  }

  /** A series without deviations. */
  public static Series of(Ink ink, List<Double> values) {
    return new Series(ink, values, values.stream().map(value -> Double.NaN).toList());
  }
}
