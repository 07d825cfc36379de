package dev.braid.store.json;

import dev.braid.model.record.BaseRecord;
import dev.braid.model.record.BaseRecord.Tensor;

/** The JSON of a base's record. */
public final class BaseParser {
  private static final String TENSORS = "tensors";
  private static final String VALUES = "values";
  private static final String FILES = "files";

  private BaseParser() {}

  /** The record's canonical JSON. */
  public static byte[] toJson(BaseRecord base) {
    return new JsonObject()
        .with(TENSORS, base.content(), BaseParser::toJson)
        .with(FILES, base.files())
        .bytes();
  }

  private static JsonObject toJson(Tensor tensor) {
    return TensorJson.toJson(tensor.spec()).with(VALUES, tensor.values());
  }

  /** The record of a JSON text. */
  public static BaseRecord fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, BaseParser::base);
  }

  private static BaseRecord base(JsonFields fields) {
    return new BaseRecord(fields.objects(TENSORS, BaseParser::tensor), fields.digestMap(FILES));
  }

  private static Tensor tensor(JsonFields fields) {
    return new Tensor(TensorJson.tensor(fields), fields.digest(VALUES));
  }
}
