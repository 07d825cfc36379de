package dev.braid.report.chart;

import dev.braid.model.Check;
import java.util.List;

/**
 * Values that belong together.
 *
 * @param values one for each place on the other axis; not-a-number where there is none
 * @param deviations as many, how far a value scatters to both sides; not-a-number where unknown
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

  /** Values whose scatter is not known. */
  public static Series of(Ink ink, List<Double> values) {
    return new Series(ink, values, values.stream().map(value -> Double.NaN).toList());
  }
}
