package dev.braid.report.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One layer of a chart as a specification for the library. */
final class Layer {
  private final Map<String, Object> spec = new LinkedHashMap<>();
  private final Map<String, Object> data = new LinkedHashMap<>();
  private final Map<String, Object> mapping = new LinkedHashMap<>();

  /** Creates a layer of a geometry in an ink. */
  Layer(String geometry, Ink ink) {
    spec.put("geom", geometry);
    spec.put("color", ink.placeholder());
    spec.put("tooltips", "none");
    spec.put("data", data);
    spec.put("mapping", mapping);
  }

  /** Adds values for x, y, xend, yend or group. */
  Layer at(String aesthetic, List<Double> values) {
    data.put(aesthetic, values);
    mapping.put(aesthetic, aesthetic);
    return this;
  }

  /** Sets a property of the whole layer. */
  Layer with(String name, Object value) {
    spec.put(name, value);
    return this;
  }

  Map<String, Object> spec() {
    return spec;
  }
}
