package dev.braid.store.vector;

import dev.braid.model.Blob;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.ParquetPages;
import dev.braid.store.object.StoredParquet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the rows of one shard in order. */
public final class ShardReader implements AutoCloseable {
  private static final int ROW = ShardSchema.SCHEMA.getFieldIndex("row");
  private static final int DATA = ShardSchema.SCHEMA.getFieldIndex("data");
  private static final int INT_BYTES = 4;

  private final Blob blob;
  private final int shard;
  private final StoredParquet file;
  private final ParquetPages pages;
  private int row;

  ShardReader(Blob blob, int shard, StoredParquet file) {
    this.blob = blob;
    this.shard = shard;
    this.file = file;
    this.pages = new ParquetPages(file);
  }

  /** True if there is another row. */
  public boolean hasRow() {
    return row < blob.cut().rows(shard, blob.coordinates());
  }

  /** The number of coordinates in the row that is read next. */
  public int rowLength() {
    return blob.cut().rowLength(shard, row, blob.coordinates());
  }

  /** The next row's values in a little-endian buffer, which the caller owns. */
  public ByteBuffer readRow() {
    int length = blob.element().bytes(rowLength());
    if (row == pages.groups() || value(ROW, INT_BYTES).getInt() != row) {
      throw unexpected();
    }
    ByteBuffer data = value(DATA, INT_BYTES + length);
    if (data.getInt() != length) {
      throw unexpected();
    }
    row++;
    return data.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer value(int column, int length) {
    ByteBuffer value = pages.page(row, column).order(ByteOrder.LITTLE_ENDIAN);
    if (value.remaining() != length) {
      throw unexpected();
    }
    return value;
  }

  private CorruptObjectException unexpected() {
    return new CorruptObjectException(
        "Cannot read %s: row %s is not the one its blob describes".formatted(file.location(), row));
  }

  @Override
  public void close() {
    pages.close();
  }
}
