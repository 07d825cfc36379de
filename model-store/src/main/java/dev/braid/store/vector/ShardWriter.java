package dev.braid.store.vector;

import dev.braid.model.Blob.Shard;
import dev.braid.model.Check;
import dev.braid.model.ElementType;
import dev.braid.model.ShardCut;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.object.ObjectWriter;
import dev.braid.store.object.ParquetObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Writes one shard row by row; closing it before it is finished leaves nothing behind. */
public final class ShardWriter implements AutoCloseable {
  /*
   * Pages are written one by one instead of through Parquet's record writer: a row group has one
   * row, so each column of it is one page of one plain value. Nothing is buffered twice, and no
   * size heuristic of a Parquet release decides where bytes go.
   */
  private static final int NO_ALIGNMENT = 8;
  private static final int NO_TRUNCATION = Integer.MAX_VALUE;
  private static final int INT_BYTES = 4;

  private final ElementType element;
  private final ShardCut cut;
  private final int shard;
  private final long coordinates;
  private final ParquetObject object;
  private final ParquetFileWriter parquet;
  private int row;

  ShardWriter(ElementType element, ShardCut cut, int shard, long coordinates, ObjectWriter object) {
    Check.argument(
        shard >= 0 && shard < cut.shards(coordinates),
        "Invalid shard: %s (of %s)",
        shard,
        cut.shards(coordinates));
    this.element = element;
    this.cut = cut;
    this.shard = shard;
    this.coordinates = coordinates;
    this.object = new ParquetObject(object);
    try {
      this.parquet =
          new ParquetFileWriter(
              this.object,
              ShardSchema.SCHEMA,
              ParquetFileWriter.Mode.CREATE,
              NO_ALIGNMENT,
              /* maxPaddingSize= */ 0,
              NO_TRUNCATION,
              NO_TRUNCATION,
              /* pageWriteChecksumEnabled= */ false);
      parquet.start();
    } catch (IOException e) {
      throw new StoreAccessException("write", "a shard", e);
    }
  }

  /** Writes the next row: the bytes from the buffer's position to its limit, little-endian. */
  public void write(ByteBuffer values) {
    Check.argument(row < cut.rows(shard, coordinates), "Invalid shard: more than %s rows", row);
    int length = cut.rowLength(shard, row, coordinates);
    Check.argument(
        values.remaining() == element.bytes(length),
        "Invalid row %s: %s bytes (%s %s coordinates need %s)",
        row,
        values.remaining(),
        length,
        element.label(),
        element.bytes(length));
    Check.argument(isFilledWithZeros(values, length), "Invalid row %s: bits after its end", row);
    try {
      parquet.startBlock(1);
      writeColumn(ShardSchema.ROW, BytesInput.from(littleEndian(row)));
      writeColumn(
          ShardSchema.DATA,
          BytesInput.concat(BytesInput.from(littleEndian(values.remaining())), bytes(values)));
      parquet.endBlock();
    } catch (IOException e) {
      throw new StoreAccessException("write", "a shard", e);
    }
    row++;
  }

  /** The buffer's bytes; an array's are passed on whole, others in pieces of 8 KiB. */
  private static BytesInput bytes(ByteBuffer values) {
    return values.hasArray()
        ? BytesInput.from(
            values.array(), values.arrayOffset() + values.position(), values.remaining())
        : BytesInput.from(values.duplicate());
  }

  /** True unless bits are set after a plane's last coordinate: equal planes have equal bytes. */
  private boolean isFilledWithZeros(ByteBuffer values, int length) {
    int used = element == ElementType.BIT ? length % 8 : 0;
    return used == 0 || (values.get(values.limit() - 1) & 0xFF) >> used == 0;
  }

  private static ByteBuffer littleEndian(int value) {
    return ByteBuffer.allocate(INT_BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).flip();
  }

  private void writeColumn(ColumnDescriptor column, BytesInput value) throws IOException {
    parquet.startColumn(column, 1, CompressionCodecName.UNCOMPRESSED);
    parquet.writeDataPage(
        1,
        Math.toIntExact(value.size()),
        value,
        Statistics.getBuilderForReading(column.getPrimitiveType()).build(),
        1,
        Encoding.RLE,
        Encoding.RLE,
        Encoding.PLAIN);
    parquet.endColumn();
  }

  /** Puts the shard into place. */
  public Shard finish() {
    int rows = cut.rows(shard, coordinates);
    Check.argument(row == rows, "Invalid shard: %s rows (its length needs %s)", row, rows);
    try {
      object.end();
      parquet.end(Map.of());
    } catch (IOException e) {
      throw new StoreAccessException("write", "a shard", e);
    }
    long bytes = object.length();
    return new Shard(object.finish(), bytes);
  }

  @Override
  public void close() {
    object.close();
  }
}
