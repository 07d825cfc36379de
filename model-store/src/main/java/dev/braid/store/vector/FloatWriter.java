package dev.braid.store.vector;

import static java.util.Objects.requireNonNull;

import dev.braid.model.Blob;
import dev.braid.model.Blob.Shard;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ShardCut;
import dev.braid.store.file.Closing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a float32 vector from its first coordinate on, in pieces of any length. */
public final class FloatWriter implements AutoCloseable {
  private final Blobs blobs;
  private final Digest space;
  private final ShardCut cut;
  private final long coordinates;
  private final ShardFinisher full = new ShardFinisher();
  private final ByteBuffer row;
  private int shard;
  private long written;
  private @Nullable ShardWriter open;

  FloatWriter(Blobs blobs, Digest space, ShardCut cut, long coordinates) {
    this.blobs = blobs;
    this.space = space;
    this.cut = cut;
    this.coordinates = coordinates;
    int longestRow = (int) Math.min(cut.rowLength(), coordinates);
    this.row = ByteBuffer.allocate(longestRow * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the next values. */
  public void write(float... values) {
    Check.argument(
        written + values.length <= coordinates, "Invalid vector: more than %s values", coordinates);
    int count;
    for (int from = 0; from < values.length; from += count) {
      count = Math.min(values.length - from, row.remaining() / Float.BYTES);
      row.asFloatBuffer().put(values, from, count);
      row.position(row.position() + count * Float.BYTES);
      written += count;
      if (!row.hasRemaining() || written == coordinates) {
        endRow();
      }
    }
  }

  private void endRow() {
    ShardWriter filling = open;
    if (filling == null) {
      filling = blobs.shardWriter(ElementType.FLOAT32, cut, shard++, coordinates);
      open = filling;
    }
    filling.write(row.flip());
    row.clear();
    if (written % cut.shardLength() == 0 && written < coordinates) {
      full.add(filling);
      open = null;
    }
  }

  /** The stored vector; the caller stores the blob's own record. */
  public Blob finish() {
    Check.argument(
        written == coordinates, "Invalid vector: %s values (of %s)", written, coordinates);
    Shard last = requireNonNull(open, "a vector has a coordinate").finish();
    List<Shard> shards = new ArrayList<>(full.finished());
    shards.add(last);
    return new Blob(ElementType.FLOAT32, space, coordinates, cut, shards);
  }

  @Override
  public void close() {
    Closing.all(List.of(full::close, this::closeOpen));
  }

  private void closeOpen() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
