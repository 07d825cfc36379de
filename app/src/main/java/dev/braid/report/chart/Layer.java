package dev.braid.report.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One thing that is drawn into a chart, in the library's words. */
final class Layer {
  private final Map<String, Object> spec = new LinkedHashMap<>();
  private final Map<String, Object> data = new LinkedHashMap<>();
  private final Map<String, Object> mapping = new LinkedHashMap<>();

  /** A layer of this geometry, in an ink. */
  Layer(String geometry, Ink ink) {
    spec.put("geom", geometry);
    spec.put("color", ink.placeholder());
    spec.put("tooltips", "none");
    spec.put("data", data);
    spec.put("mapping", mapping);
  }

  /** With values for x, y, xend, yend or group. */
  Layer at(String aesthetic, List<Double> values) {
    data.put(aesthetic, values);
    mapping.put(aesthetic, aesthetic);
    return this;
  }

  /** With something that holds for all of it. */
  Layer with(String name, Object value) {
    spec.put(name, value);
    return this;
  }

  Map<String, Object> spec() {
    return spec;
  }
}
