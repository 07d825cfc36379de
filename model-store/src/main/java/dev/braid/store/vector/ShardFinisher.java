package dev.braid.store.vector;

import dev.braid.model.Blob.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finishes the shards of a vector, one at a time, while its owner fills the next one. */
final class ShardFinisher implements AutoCloseable {
  /*
   * To finish a shard is mostly to wait for the disk: its file and two folders are forced there.
   * Meanwhile the next one can be hashed and written.
   */
  private final List<CompletableFuture<Shard>> shards = new ArrayList<>();

  /** Finishes a shard beside the caller, once the shard before it is finished. */
  void add(ShardWriter shard) {
    if (!shards.isEmpty()) {
      var unused = Background.result(shards.get(shards.size() - 1));
    }
    shards.add(Background.start(() -> finish(shard)));
  }

  private static Shard finish(ShardWriter shard) {
    try (shard) {
      return shard.finish();
    }
  }

  /** All shards in order, when they are finished. */
  List<Shard> finished() {
    return shards.stream().map(Background::result).toList();
  }

  /** Returns when nothing is written any more, whatever came of it. */
  @Override
  public void close() {
    Background.await(shards);
  }
}
