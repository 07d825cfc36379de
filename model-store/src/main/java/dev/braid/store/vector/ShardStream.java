package dev.braid.store.vector;

import dev.braid.model.Blob;
import dev.braid.model.Check;
import dev.braid.model.ElementType;
import dev.braid.store.file.Folder;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.PageStream;
import dev.braid.store.object.StoredParquet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the rows of one shard once, in order, into memory that every row reuses.
 *
 * <p>The shard's bytes may be compared with its digest while they are read. So rows before the last
 * may come from a damaged file; the last one is returned only if all bytes were right. A user must
 * publish nothing that depends on rows, not even an error about a value, before {@link #hasRow} is
 * false or {@link #check} has returned. A stream that is closed earlier has verified nothing.
 */
public final class ShardStream implements AutoCloseable {
  private static final int INT_BYTES = 4;

  private final Blob blob;
  private final int shard;
  private final PageStream pages;
  private int row;
  private byte[] piece = {};
  private float[] floats = {};
  private int[] steps = {};
  private byte[] bits = {};

  ShardStream(Blob blob, int shard, StoredParquet file) {
    this.blob = blob;
    this.shard = shard;
    this.pages = new PageStream(file);
  }

  /** True if there is another row. */
  public boolean hasRow() {
    return row < rows();
  }

  private int rows() {
    return blob.cut().rows(shard, blob.coordinates());
  }

  /** The number of coordinates in the row that is read next. */
  public int rowLength() {
    return blob.cut().rowLength(shard, row, blob.coordinates());
  }

  /** The next row of float32 values, as long as the row; the row after it overwrites them. */
  public float[] floats() {
    checkRow(blob.element() == ElementType.FLOAT32);
    floats = floats.length == rowLength() ? floats : new float[rowLength()];
    readRow(() -> readPieces((values, at) -> RowBytes.copy(values, floats, at)));
    return floats;
  }

  /** The next row of merge steps, as long as the row; the row after it overwrites them. */
  public int[] steps() {
    checkRow(blob.element() == ElementType.UINT8 || blob.element() == ElementType.UINT16);
    steps = steps.length == rowLength() ? steps : new int[rowLength()];
    readRow(() -> readPieces((values, at) -> RowBytes.copy(values, blob.element(), steps, at)));
    return steps;
  }

  /** The next row of bits, in as many bytes as it needs; the row after it overwrites them. */
  public byte[] bits() {
    checkRow(blob.element() == ElementType.BIT);
    int length = ElementType.BIT.bytes(rowLength());
    bits = bits.length == length ? bits : new byte[length];
    readRow(() -> pages.read(bits, 0, length));
    return bits;
  }

  private void checkRow(boolean isOfElement) {
    Check.argument(hasRow(), "Invalid row: %s (the shard has no more)", row);
    Check.argument(isOfElement, "Invalid row: its coordinates are %s", blob.element().label());
  }

  private void readRow(Runnable values) {
    int length = blob.element().bytes(rowLength());
    telling(
        () -> {
          pages.nextPage(INT_BYTES);
          expect(readInt() == row);
          pages.nextPage(INT_BYTES + length);
          expect(readInt() == length);
          values.run();
        });
    row++;
    if (!hasRow()) {
      check();
    }
  }

  private int readInt() {
    return littleEndian(pages.next(INT_BYTES), INT_BYTES).getInt();
  }

  private static ByteBuffer littleEndian(byte[] bytes, int count) {
    return ByteBuffer.wrap(bytes, 0, count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void expect(boolean isRight) {
    if (!isRight) {
      throw pages.corrupt("row %s is not the one its blob describes".formatted(row));
    }
  }

  private interface Sink {
    void accept(ByteBuffer values, int at);
  }

  /** The row's values in pieces that stay in a core's cache until they are where they belong. */
  private void readPieces(Sink sink) {
    int size = blob.element().bytes(1);
    piece = piece.length == 0 ? new byte[Folder.BUFFER] : piece;
    int count;
    for (int at = 0; at < rowLength(); at += count) {
      count = Math.min(piece.length / size, rowLength() - at);
      pages.read(piece, 0, count * size);
      sink.accept(littleEndian(piece, count * size), at);
    }
  }

  /**
   * Compares all of the shard's bytes with its digest, including the rows that have not been read,
   * which are skipped.
   *
   * @throws CorruptObjectException if they differ
   */
  public void check() {
    telling(pages::end);
    row = rows();
  }

  private void telling(Runnable reading) {
    try {
      reading.run();
    } catch (CorruptObjectException e) {
      throw e.as(Blobs.name(blob, shard));
    }
  }

  @Override
  public void close() {
    pages.close();
  }
}
