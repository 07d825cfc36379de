package dev.braid.report.chart;

import java.util.ArrayList;
import java.util.List;

/** A chart of lines over steps, broken where a value is missing. */
public final class LineChart {
  private static final double SIDE = 0.3;

  private final Drawing drawing;
  private final List<Double> steps;
  private final List<Layer> layers = new ArrayList<>();

  /**
   * An empty chart.
   *
   * @param steps the x coordinate of each value of a series
   * @param width in CSS pixels
   * @param height in CSS pixels
   */
  public LineChart(Label label, Axis x, Axis y, List<Double> steps, int width, int height) {
    double margin = SIDE * (x.most() - x.least()) / Math.max(1, steps.size() - 1);
    this.drawing =
        new Drawing(
            label, x.spec("x", margin), y.spec("y", 0.05 * (y.most() - y.least())), width, height);
    this.steps = List.copyOf(steps);
  }

  /** Marks a step with a vertical line. */
  public LineChart mark(double step) {
    layers.add(
        new Layer("vline", Ink.TEXT)
            .at("xintercept", List.of(step))
            .with("linetype", "dashed")
            .with("size", 0.5));
    return this;
  }

  /** Adds a thin line without points, behind what is added later. */
  public LineChart behind(Series series) {
    layers.add(line(series).with("size", 0.5));
    return this;
  }

  /** Adds a line with points. */
  public LineChart with(Series series) {
    layers.add(line(series).with("size", 0.9).with("linetype", series.ink().dash()));
    layers.add(layer("point", series).with("shape", series.ink().shape()).with("size", 2.2));
    return this;
  }

  /** The chart as an SVG element. */
  public String svg() {
    return drawing.of(layers);
  }

  private Layer line(Series series) {
    return layer("line", series);
  }

  /** The values that are not missing; each unbroken run of them is a group, drawn as one line. */
  private Layer layer(String geometry, Series series) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    List<Double> group = new ArrayList<>();
    double run = 0;
    for (int i = 0; i < steps.size(); i++) {
      double value = series.values().get(i);
      if (Double.isNaN(value)) {
        run++;
        continue;
      }
      x.add(steps.get(i));
      y.add(value);
      group.add(run);
    }
    return new Layer(geometry, series.ink()).at("x", x).at("y", y).at("group", group);
  }
}
