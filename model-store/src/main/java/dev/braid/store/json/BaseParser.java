package dev.braid.store.json;

import dev.braid.model.BaseRecord;

/** The JSON of a base's record. */
public final class BaseParser {
  private static final String WEIGHTS = "weights";
  private static final String TENSORS = "tensors";
  private static final String FILES = "files";

  private BaseParser() {}

  /** The record's canonical JSON. */
  public static byte[] toJson(BaseRecord base) {
    return new JsonObject()
        .with(WEIGHTS, base.weights())
        .with(TENSORS, base.tensors(), TensorJson::toJson)
        .with(FILES, base.files())
        .bytes();
  }

  /** The record of a JSON text. */
  public static BaseRecord fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, BaseParser::base);
  }

  private static BaseRecord base(JsonFields fields) {
    return new BaseRecord(
        fields.digest(WEIGHTS),
        fields.objects(TENSORS, TensorJson::tensor),
        fields.digestMap(FILES));
  }
}
