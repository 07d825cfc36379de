package dev.braid.store.json;

import dev.braid.model.TensorSpec;

/** The JSON of a tensor's name and shape. */
final class TensorJson {
  private static final String NAME = "name";
  private static final String SHAPE = "shape";

  private TensorJson() {}

  static JsonObject toJson(TensorSpec tensor) {
    return new JsonObject().with(NAME, tensor.name()).with(SHAPE, tensor.shape());
  }

  static TensorSpec tensor(JsonFields fields) {
    return new TensorSpec(fields.string(NAME), fields.integers(SHAPE));
  }
}
