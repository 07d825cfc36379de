package dev.braid.store.vector;

import dev.braid.model.Blob;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** Opens the shards of a blob in order, and the next ones in the background. */
final class ShardsAhead implements AutoCloseable {
  /** How many shards are opened ahead; one of 4 Mi float32 takes 16 MiB of memory. */
  private static final int AHEAD = 2;

  private final Blobs blobs;
  private final Blob blob;
  private final Deque<CompletableFuture<ShardReader>> opening = new ArrayDeque<>();
  private int started;

  ShardsAhead(Blobs blobs, Blob blob) {
    this.blobs = blobs;
    this.blob = blob;
  }

  /** True if there is another shard. */
  boolean hasNext() {
    return !opening.isEmpty() || started < blob.shards().size();
  }

  /** The next shard, which is the caller's to close. */
  ShardReader next() {
    if (started == 0) { // nothing is read before the first
      started++;
      startOthers();
      return blobs.open(blob, 0);
    }
    ShardReader next = Background.result(opening.remove());
    startOthers();
    return next;
  }

  private void startOthers() {
    for (; opening.size() < AHEAD && started < blob.shards().size(); started++) {
      int shard = started;
      opening.add(Background.start(() -> blobs.open(blob, shard)));
    }
  }

  @Override
  public void close() {
    opening.forEach(shard -> shard.thenAccept(ShardReader::close).exceptionally(e -> null).join());
    opening.clear();
  }
}
