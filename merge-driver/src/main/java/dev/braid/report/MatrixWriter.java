package dev.braid.report;

import dev.braid.model.TaskId;
import dev.braid.store.json.JsonObject;

/**
 * Writes a matrix and its metrics as JSON; what is not a number (one task's transfer) is left out.
 */
public final class MatrixWriter {
  private MatrixWriter() {}

  /** The matrix as an object, to which more may be added. */
  public static JsonObject toJson(Matrix matrix) {
    JsonObject json =
        new JsonObject()
            .with("tasks", matrix.tasks(), TaskId::name)
            .with("matrix", matrix.rows(), row -> row)
            .with("zero_shot", matrix.zeroShot())
            .with("average", matrix.average())
            .with("last", matrix.last());
    return Double.isNaN(matrix.transfer()) ? json : json.with("transfer", matrix.transfer());
  }
}
