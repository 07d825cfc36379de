package dev.braid.report;

import dev.braid.model.TaskId;
import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Writes a matrix and its metrics as JSON: a missing accuracy is null, a missing metric is omitted.
 */
public final class MatrixWriter {
  private MatrixWriter() {}

  /** The matrix as an object to which callers may add fields. */
  public static JsonObject toJson(Matrix matrix) {
    JsonObject json =
        new JsonObject()
            .with("tasks", matrix.tasks(), TaskId::name)
            .with("matrix", matrix.rows(), MatrixWriter::row);
    for (Metric metric : Metric.values()) {
      double value = metric.of(matrix);
      if (!Double.isNaN(value)) {
        json.with(metric.key(), value);
      }
    }
    return json;
  }

  private static List<?> row(List<Double> accuracies) {
    return accuracies.stream()
        .map(share -> Double.isNaN(share) ? Optional.empty() : share)
        .toList();
  }
}
