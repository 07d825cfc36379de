package dev.braid.store.json;

import dev.braid.model.ShardCut;
import dev.braid.model.record.StoreInfo;

/** The JSON of {@code store.json}. */
public final class StoreInfoParser {
  private static final String FORMAT = "format";
  private static final String BASE = "base";
  private static final String WEIGHTS = "weights";
  private static final String SHARD_LENGTH = "shard-length";
  private static final String ROW_LENGTH = "row-length";
  private static final String SETTINGS = "settings";

  private StoreInfoParser() {}

  public static byte[] toJson(StoreInfo info) {
    JsonObject json =
        new JsonObject()
            .with(FORMAT, StoreInfo.FORMAT)
            .with(BASE, info.base())
            .with(WEIGHTS, info.weights())
            .with(SHARD_LENGTH, info.cut().shardLength())
            .with(ROW_LENGTH, info.cut().rowLength())
            .with(SETTINGS, info.settings());
    return Seal.set(json.bytes());
  }

  public static StoreInfo fromJson(byte[] json, String file) {
    return JsonFields.read(Seal.liftIfSet(json, file), file, fields -> info(fields, file));
  }

  private static StoreInfo info(JsonFields fields, String file) {
    long format = fields.integer(FORMAT);
    if (format < 1 || format > StoreInfo.FORMAT) {
      throw new StoreFormatException(
          "Cannot open %s: it has format %s, this program reads 1 to %s (use the release that wrote it)"
              .formatted(file, format, StoreInfo.FORMAT));
    }
    return new StoreInfo(
        fields.digest(BASE),
        fields.digest(WEIGHTS),
        new ShardCut(fields.smallInteger(SHARD_LENGTH), fields.smallInteger(ROW_LENGTH)),
        fields.stringMap(SETTINGS));
  }
}
