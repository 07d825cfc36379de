package dev.braid.store;

import dev.braid.model.Blob;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.object.CorruptObjectException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;

/** Reads the rows of one shard in order. */
public final class ShardReader implements AutoCloseable {
  private static final int INT_BYTES = 4;

  /** Without Hadoop's defaults: to parse them took far longer than to read a small shard. */
  private static final ParquetConfiguration NO_DEFAULTS =
      new HadoopParquetConfiguration(/* loadDefaults= */ false);

  private final Blob blob;
  private final int shard;
  private final String location;
  private final ParquetFileReader parquet;
  private int row;

  ShardReader(Blob blob, int shard, String location, InputFile file) {
    this.blob = blob;
    this.shard = shard;
    this.location = location;
    try {
      this.parquet =
          new ParquetFileReader(
              file, ParquetReadOptions.builder(NO_DEFAULTS).withUseHadoopVectoredIo(false).build());
    } catch (IOException e) {
      throw new StoreAccessException("read", location, e);
    }
  }

  /** True if there is another row. */
  public boolean hasRow() {
    return row < blob.cut().rows(shard, blob.coordinates());
  }

  /** The number of coordinates in the row that is read next. */
  public int rowLength() {
    return blob.cut().rowLength(shard, row, blob.coordinates());
  }

  /** The next row's values in a little-endian buffer, which is the caller's. */
  public ByteBuffer readRow() {
    try (PageReadStore group = parquet.readNextRowGroup()) {
      int length = blob.element().bytes(rowLength());
      if (group == null || value(group, ShardSchema.ROW).getInt() != row) {
        throw unexpected();
      }
      ByteBuffer data = value(group, ShardSchema.DATA);
      if (data.getInt() != length || data.remaining() != length) {
        throw unexpected();
      }
      row++;
      return data.slice().order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new StoreAccessException("read", location, e);
    }
  }

  private ByteBuffer value(PageReadStore group, ColumnDescriptor column) throws IOException {
    if (group.getPageReader(column).readPage() instanceof DataPageV1 page) {
      int size = Math.toIntExact(page.getBytes().size());
      ByteBuffer bytes = page.getBytes().toInputStream().slice(size).order(ByteOrder.LITTLE_ENDIAN);
      if (bytes.remaining() >= INT_BYTES) {
        return bytes;
      }
    }
    throw unexpected();
  }

  private CorruptObjectException unexpected() {
    return new CorruptObjectException(
        "Cannot read %s: row %s is not the one its blob describes".formatted(location, row));
  }

  @Override
  public void close() {
    try {
      parquet.close();
    } catch (IOException e) {
      throw new StoreAccessException("close", location, e);
    }
  }
}
