package dev.braid.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A chart with one row per name, from the top, a dot for each series, and whiskers where the
 * deviation is known.
 */
public final class DotChart {
  private static final int ROW_HEIGHT = 26;
  private static final int AXIS_HEIGHT = 44;

  /** The library does not draw lower panels. */
  private static final int FEWEST_ROWS = 3;

  /** The distance, in rows, between the dots of one row. */
  private static final double APART = 0.15;

  private static final int LONGEST_NAME = 20;

  private final Label label;
  private final Axis x;
  private final List<String> names;
  private final int width;
  private final List<Series> all = new ArrayList<>();

  /**
   * An empty chart.
   *
   * @param width in CSS pixels; the height follows from the number of names
   */
  public DotChart(Label label, Axis x, List<String> names, int width) {
    this.label = label;
    this.x = x;
    this.names = List.copyOf(names);
    this.width = width;
  }

  /** Adds dots, one for each name. */
  public DotChart with(Series series) {
    all.add(series);
    return this;
  }

  /** The chart as an SVG element. */
  public String svg() {
    List<Double> rows = IntStream.range(0, names.size()).mapToObj(row -> (double) -row).toList();
    Axis y =
        new Axis(
            "", 0.5 - names.size(), 0.5, rows, names.stream().map(DotChart::shortened).toList());
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      addTo(layers, all.get(i), APART * ((all.size() - 1) / 2.0 - i));
    }
    return new Drawing(
            label,
            x.spec("x", 0.03 * (x.most() - x.least())),
            y.spec("y", 0),
            width,
            AXIS_HEIGHT + ROW_HEIGHT * Math.max(FEWEST_ROWS, names.size()))
        .of(layers);
  }

  /** Shortens in the middle, because the library cuts off the end, where related names differ. */
  private static String shortened(String name) {
    int kept = (LONGEST_NAME - 1) / 2;
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, kept) + "…" + name.substring(name.length() - kept);
  }

  private static void addTo(List<Layer> layers, Series series, double up) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    List<Double> from = new ArrayList<>();
    List<Double> to = new ArrayList<>();
    List<Double> at = new ArrayList<>();
    for (int row = 0; row < series.values().size(); row++) {
      double value = series.values().get(row);
      double deviation = series.deviations().get(row);
      if (!Double.isNaN(value)) {
        x.add(value);
        y.add(up - row);
      }
      if (!Double.isNaN(value + deviation)) {
        from.add(value - deviation);
        to.add(value + deviation);
        at.add(up - row);
      }
    }
    layers.add(
        new Layer("segment", series.ink())
            .at("x", from)
            .at("xend", to)
            .at("y", at)
            .at("yend", at)
            .with("size", 0.8));
    layers.add(
        new Layer("point", series.ink())
            .at("x", x)
            .at("y", y)
            .with("shape", series.ink().shape())
            .with("size", 3.0));
  }
}
