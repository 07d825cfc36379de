package dev.braid.store.json;

import dev.braid.model.Digest;
import dev.braid.model.record.Features;

/** Reads and writes the JSON of stored features. */
public final class FeaturesParser {
  private static final String DIMENSION = "dimension";
  private static final String PARTS = "parts";

  private FeaturesParser() {}

  /** The canonical JSON of the features' record. */
  public static byte[] toJson(Features features) {
    return new JsonObject()
        .with(DIMENSION, features.dimension())
        .with(PARTS, features.parts())
        .bytes();
  }

  /**
   * The features in this JSON.
   *
   * @param file the file that is read, for messages
   */
  public static Features fromJson(byte[] json, String file) {
    return JsonFields.read(
        json,
        file,
        fields ->
            new Features(
                fields.smallInteger(DIMENSION),
                fields.strings(PARTS).stream().map(Digest::new).toList()));
  }
}
