package dev.braid.report.chart;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A chart axis from least to most.
 *
 * @param name may be empty
 * @param breaks the labelled positions
 * @param labels one per break
 */
public record Axis(
    String name, double least, double most, List<Double> breaks, List<String> labels) {
  private static final int USUAL_BREAKS = 4;

  public Axis {
    breaks = List.copyOf(breaks);
    labels = List.copyOf(labels);
  }

  /** A percentage axis from 0 up to at least this share. */
  public static Axis percent(String name, double share) {
    return upTo(name, Math.max(100 * share, 1));
  }

  /** An axis from 0 up to at least this positive value. */
  public static Axis upTo(String name, double most) {
    double step = step(most / USUAL_BREAKS);
    return of(name, (int) Math.ceil(most / step - 1e-9), step);
  }

  /** An axis of whole numbers from 0 to the maximum, with fewer labels if there are many. */
  public static Axis count(String name, int most) {
    int step = Math.max(1, (int) Math.ceil(most / 6.0));
    List<Double> breaks =
        IntStream.rangeClosed(0, most / step).mapToObj(i -> (double) i * step).toList();
    return new Axis(name, 0, Math.max(most, 1), breaks, texts(breaks));
  }

  /** An axis from 0 to the maximum, labelled only at its ends. */
  public static Axis ends(String name, double most) {
    List<Double> breaks = List.of(0.0, most);
    return new Axis(name, 0, most, breaks, texts(breaks));
  }

  private static Axis of(String name, int count, double step) {
    List<Double> breaks = IntStream.rangeClosed(0, count).mapToObj(i -> i * step).toList();
    return new Axis(name, 0, count * step, breaks, texts(breaks));
  }

  private static List<String> texts(List<Double> breaks) {
    return breaks.stream()
        .map(value -> value == Math.rint(value) ? Long.toString(value.longValue()) : value + "")
        .toList();
  }

  /** The smallest product of 1, 2, 2.5 or 5 and a power of ten that is not less than the value. */
  private static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (factor * power >= rough - 1e-9) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** The axis as a specification for the library. */
  Map<String, Object> spec(String aesthetic, double margin) {
    return Map.of(
        "aesthetic", aesthetic,
        "name", name,
        "limits", List.of(least, most),
        "breaks", breaks,
        "labels", labels,
        "expand", List.of(0.0, margin));
  }
}
