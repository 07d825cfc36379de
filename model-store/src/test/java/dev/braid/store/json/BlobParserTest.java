package dev.braid.store.json;

import dev.braid.model.Blob;
import dev.braid.model.ElementType;
import dev.braid.model.ShardCut;
import java.util.List;

final class BlobParserTest extends ParserContract<Blob> {
  @Override
  Blob value() {
    return new Blob(
        ElementType.BIT,
        ONE,
        200,
        new ShardCut(128, 64),
        List.of(new Blob.Shard(ONE, 700), new Blob.Shard(TWO, 5_000_000_000L)));
  }

  @Override
  String golden() {
    return """
        {"coordinates":200,"element":"bit","row-length":64,"shard-length":128,\
        "shards":[{"bytes":700,"digest":"1…"},{"bytes":5000000000,"digest":"2…"}],"space":"1…"}""";
  }

  @Override
  byte[] toJson(Blob value) {
    return BlobParser.toJson(value);
  }

  @Override
  Blob fromJson(byte[] json, String file) {
    return BlobParser.fromJson(json, file);
  }
}
