package dev.braid.store;

import dev.braid.model.Blob;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the rows of all shards of a blob in order, with one file open at a time. */
public final class RowReader implements AutoCloseable {
  private final Blobs blobs;
  private final Blob blob;
  private int nextShard;
  private @Nullable ShardReader open;

  RowReader(Blobs blobs, Blob blob) {
    this.blobs = blobs;
    this.blob = blob;
  }

  /** True if there is another row. */
  public boolean hasRow() {
    return nextShard < blob.shards().size() || (open != null && open.hasRow());
  }

  /** The next row's values in a little-endian buffer, which is the caller's. */
  public ByteBuffer readRow() {
    ShardReader shard = open;
    if (shard == null || !shard.hasRow()) {
      close();
      shard = blobs.open(blob, nextShard++);
      open = shard;
    }
    return shard.readRow();
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
