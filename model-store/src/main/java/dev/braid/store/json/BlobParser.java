package dev.braid.store.json;

import dev.braid.model.Blob;
import dev.braid.model.ElementType;
import dev.braid.model.ShardCut;

/** The JSON of a blob. */
public final class BlobParser {
  private static final String ELEMENT = "element";
  private static final String SPACE = "space";
  private static final String COORDINATES = "coordinates";
  private static final String SHARD_LENGTH = "shard-length";
  private static final String ROW_LENGTH = "row-length";
  private static final String SHARDS = "shards";
  private static final String DIGEST = "digest";
  private static final String BYTES = "bytes";

  private BlobParser() {}

  /** The blob's canonical JSON. */
  public static byte[] toJson(Blob blob) {
    return new JsonObject()
        .with(ELEMENT, blob.element().label())
        .with(SPACE, blob.space())
        .with(COORDINATES, blob.coordinates())
        .with(SHARD_LENGTH, blob.cut().shardLength())
        .with(ROW_LENGTH, blob.cut().rowLength())
        .with(SHARDS, blob.shards(), BlobParser::toJson)
        .bytes();
  }

  private static JsonObject toJson(Blob.Shard shard) {
    return new JsonObject().with(DIGEST, shard.digest()).with(BYTES, shard.bytes());
  }

  /** The blob of a JSON text. */
  public static Blob fromJson(byte[] json, String file) {
    return JsonFields.read(json, file, BlobParser::blob);
  }

  private static Blob blob(JsonFields fields) {
    return new Blob(
        ElementType.ofLabel(fields.string(ELEMENT)),
        fields.digest(SPACE),
        fields.integer(COORDINATES),
        cut(fields),
        fields.objects(SHARDS, BlobParser::shard));
  }

  private static ShardCut cut(JsonFields fields) {
    return new ShardCut(fields.smallInteger(SHARD_LENGTH), fields.smallInteger(ROW_LENGTH));
  }

  private static Blob.Shard shard(JsonFields fields) {
    return new Blob.Shard(fields.digest(DIGEST), fields.integer(BYTES));
  }
}
