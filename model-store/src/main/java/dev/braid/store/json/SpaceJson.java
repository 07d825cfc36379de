package dev.braid.store.json;

import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;

/** The JSON of a parameter space without its base, which is a field next to it. */
final class SpaceJson {
  private static final String KIND = "kind";
  private static final String TENSORS = "tensors";
  private static final String FULL = "full";
  private static final String ADAPTER = "adapter";
  private static final String TARGETS = "targets";
  private static final String RANK = "rank";
  private static final String SCALE = "scale";
  private static final String START = "start";

  private SpaceJson() {}

  static JsonObject toJson(ParameterSpace space) {
    JsonObject json = new JsonObject().with(TENSORS, space.tensors(), TensorJson::toJson);
    if (space.kind() instanceof ParameterKind.Adapter adapter) {
      return json.with(KIND, ADAPTER).with(ADAPTER, toJson(adapter));
    }
    return json.with(KIND, FULL);
  }

  private static JsonObject toJson(ParameterKind.Adapter adapter) {
    return new JsonObject()
        .with(TARGETS, adapter.targets())
        .with(RANK, adapter.rank())
        .with(SCALE, adapter.scale())
        .with(START, adapter.start());
  }

  static ParameterSpace space(JsonFields fields, Digest base) {
    return new ParameterSpace(base, kind(fields), fields.objects(TENSORS, TensorJson::tensor));
  }

  private static ParameterKind kind(JsonFields fields) {
    String kind = fields.string(KIND);
    return switch (kind) {
      case FULL -> new ParameterKind.Full();
      case ADAPTER -> fields.object(ADAPTER, SpaceJson::adapter);
      default ->
          throw new IllegalArgumentException("Invalid kind: %s (full or adapter)".formatted(kind));
    };
  }

  private static ParameterKind adapter(JsonFields fields) {
    return new ParameterKind.Adapter(
        fields.strings(TARGETS),
        fields.smallInteger(RANK),
        fields.float32(SCALE),
        fields.digest(START));
  }
}
