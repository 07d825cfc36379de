package dev.braid.store.vector;

import dev.braid.model.Blob;
import dev.braid.store.file.Closing;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of all shards of a blob in order. */
public final class RowReader implements AutoCloseable {
  private final ShardsAhead shards;
  private @Nullable ShardReader open;

  RowReader(Blobs blobs, Blob blob) {
    this.shards = new ShardsAhead(blobs, blob);
  }

  /** True if there is another row. */
  public boolean hasRow() {
    return shards.hasNext() || (open != null && open.hasRow());
  }

  /** The next row's values in a little-endian buffer, which the caller owns. */
  public ByteBuffer readRow() {
    ShardReader shard = open;
    if (shard == null || !shard.hasRow()) {
      closeOpen();
      shard = shards.next();
      open = shard;
    }
    return shard.readRow();
  }

  @Override
  public void close() {
    Closing.all(List.of(this::closeOpen, shards::close));
  }

  private void closeOpen() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
