package dev.braid.report.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.letsPlot.commons.encoding.UnsupportedRGBEncoder;
import org.jetbrains.letsPlot.commons.geometry.DoubleVector;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/**
 * Draws layers between two axes.
 *
 * @param width in CSS pixels
 * @param height in CSS pixels
 */
record Drawing(Label label, Map<String, Object> x, Map<String, Object> y, int width, int height) {
  private static final double TEXT_SIZE = 11;

  /** The chart as an SVG element. */
  String of(List<Layer> layers) {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("kind", "plot");
    spec.put("layers", layers.stream().map(Layer::spec).toList());
    spec.put("scales", List.of(x, y));
    spec.put("theme", theme());
    String drawn =
        PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(
            spec, new DoubleVector(width, height), new UnsupportedRGBEncoder(), false);
    return Svg.of(drawn, label, width, height);
  }

  private static Map<String, Object> theme() {
    Map<String, Object> blank = Map.of("blank", true);
    Map<String, Object> text = Map.of("size", TEXT_SIZE, "color", Ink.TEXT.placeholder());
    Map<String, Object> line = Map.of("size", 1.0, "color", Ink.GRID.placeholder());
    return Map.of(
        "name", "minimal",
        "legend_position", "none",
        "plot_background", blank,
        "panel_grid_minor", blank,
        "panel_grid_major", line,
        "axis_line", line,
        "axis_ticks", blank,
        "axis_text", text,
        "axis_title", text);
  }
}
