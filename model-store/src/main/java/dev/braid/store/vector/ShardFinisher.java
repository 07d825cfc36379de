package dev.braid.store.vector;

import dev.braid.model.Blob.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finishes the shards of a vector in the background, one at a time, in their order. */
final class ShardFinisher implements AutoCloseable {
  /*
   * Finishing a shard mostly waits for the disk, which forces its file and two folders. Meanwhile
   * the vector's owner can hash and write the next shard.
   */
  private final List<CompletableFuture<Shard>> shards = new ArrayList<>();

  /** Starts to finish a shard, once the shard before it is finished. */
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

  /** Returns when nothing is being written any more; the result does not matter. */
  @Override
  public void close() {
    Background.await(shards);
  }
}
