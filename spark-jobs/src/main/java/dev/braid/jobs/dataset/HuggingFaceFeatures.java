package dev.braid.jobs.dataset;

import dev.braid.store.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The entry in a Parquet footer by which Hugging Face's {@code datasets} knows what the columns
 * mean: it shows pictures and class names instead of bytes and numbers.
 */
final class HuggingFaceFeatures {
  private static final String KEY = "huggingface";

  private HuggingFaceFeatures() {}

  /** The entry for the columns of {@link PictureSchema}. */
  static Map<String, String> footer(List<String> classNames) {
    JsonObject label =
        new JsonObject().with("names", classNames, Function.identity()).with("_type", "ClassLabel");
    JsonObject features =
        new JsonObject()
            .with(PictureSchema.IMAGE, new JsonObject().with("_type", "Image"))
            .with(PictureSchema.LABEL, label)
            .with(PictureSchema.ROW_ID, value("int64"))
            .with(PictureSchema.SPLIT, value("string"));
    JsonObject info = new JsonObject().with("info", new JsonObject().with("features", features));
    return Map.of(KEY, new String(info.bytes(), StandardCharsets.UTF_8));
  }

  private static JsonObject value(String type) {
    return new JsonObject().with("dtype", type).with("_type", "Value");
  }
}
