package dev.braid.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The formulas of docs/format.md over the JSON of an exported router, as plain loops. */
record RouterReader(JsonNode router) {
  /** p(t|x), in the order of the router's tasks. */
  double[] tasks(float[] feature) {
    List<Double> scores = new ArrayList<>();
    double[] tasks = new double[router.path("tasks").size()];
    for (JsonNode task : router.path("tasks")) {
      for (JsonNode function : task.path("classes")) {
        scores.add(value(function, feature) + task.path("log-prior").doubleValue());
      }
    }
    double largest = scores.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score - largest);
    }
    int next = 0;
    for (int t = 0; t < tasks.length; t++) {
      for (int k = 0; k < router.path("tasks").get(t).path("classes").size(); k++) {
        tasks[t] += Math.exp(scores.get(next++) - largest) / sum;
      }
    }
    return tasks;
  }

  /** r(x). */
  double relativeDistance(float[] feature) {
    double best = Double.NEGATIVE_INFINITY;
    for (JsonNode task : router.path("tasks")) {
      for (JsonNode function : task.path("classes")) {
        best = Math.max(best, value(function, feature));
      }
    }
    double[] plain = new double[feature.length];
    double[] centred = new double[feature.length];
    for (int i = 0; i < feature.length; i++) {
      plain[i] = feature[i];
      centred[i] = feature[i] - router.path("mean").get(i).doubleValue();
    }
    return squaredLength(router.path("factor-of-classes"), plain)
        - 2 * best
        - squaredLength(router.path("factor-of-all"), centred);
  }

  private static double value(JsonNode function, float[] feature) {
    double value = function.path("offset").doubleValue();
    for (int i = 0; i < feature.length; i++) {
      value += function.path("weights").get(i).doubleValue() * feature[i];
    }
    return value;
  }

  /** |L⁻¹v|², by forward substitution. */
  private static double squaredLength(JsonNode factor, double[] v) {
    double[] solution = new double[v.length];
    double length = 0;
    for (int i = 0; i < v.length; i++) {
      double left = v[i];
      for (int j = 0; j < i; j++) {
        left -= factor.get(i).get(j).doubleValue() * solution[j];
      }
      solution[i] = left / factor.get(i).get(i).doubleValue();
      length += solution[i] * solution[i];
    }
    return length;
  }
}
