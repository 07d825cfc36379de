package dev.braid.store.object;

import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * Reads a Parquet object in one pass: consecutive pages of plain, uncompressed values, then the
 * rest.
 *
 * <p>Do not rely on the values before {@link #end} has returned, as for {@link ObjectStream}.
 */
public final class PageStream implements AutoCloseable {
  /*
   * A page's header has its length, so the footer is not needed to find the values; it is read
   * after them, for the digest. If an object's bytes are not those that were stored, the error says
   * so, not what the bytes happen to look like: the rest is read before any error is reported.
   */
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final ObjectStream in;
  private final long length;

  /**
   * Opens an object.
   *
   * @throws CorruptObjectException if it is missing, or no Parquet file
   */
  public PageStream(StoredParquet file) {
    this.in = file.objects().stream(file.digest(), StoredParquet.EXTENSION);
    this.length = file.length();
    try {
      if (!Arrays.equals(next(MAGIC.length), MAGIC)) {
        throw corrupt("it is not a Parquet file");
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Moves to the next page; the page before must have been read completely.
   *
   * @param bytes the length of its values
   * @throws CorruptObjectException if its values are not plain, uncompressed and of this length
   */
  public void nextPage(int bytes) {
    PageHeader header = header();
    if (header.getType() != PageType.DATA_PAGE
        || !header.isSetData_page_header()
        || header.getData_page_header().getEncoding() != Encoding.PLAIN
        || header.getCompressed_page_size() != header.getUncompressed_page_size()) {
      throw corrupt("its values are not plain and uncompressed");
    }
    if (header.getUncompressed_page_size() != bytes) {
      throw corrupt(
          "a page has %s bytes instead of %s".formatted(header.getUncompressed_page_size(), bytes));
    }
  }

  private PageHeader header() {
    long start = in.position();
    try {
      return Util.readPageHeader(in);
    } catch (StoreAccessException | CorruptObjectException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // how Parquet reports that there is none
      throw corrupt("no page begins at byte " + start);
    }
  }

  /** The next bytes of the page. */
  public byte[] next(int count) {
    byte[] bytes = new byte[count];
    read(bytes, 0, count);
    return bytes;
  }

  /** Reads the next bytes of the page. */
  public void read(byte[] into, int offset, int count) {
    try {
      if (in.readNBytes(into, offset, count) < count) {
        throw corrupt("it ends too early");
      }
    } catch (IOException e) { // the stream itself throws none
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the rest of the object, whatever it contains.
   *
   * @throws CorruptObjectException if its bytes are not those that were stored
   */
  public void end() {
    toEnd();
    if (in.position() != length) {
      throw new CorruptObjectException(
          "Cannot read %s: it has %s bytes instead of %s"
              .formatted(in.location(), in.position(), length));
    }
  }

  private void toEnd() {
    try {
      var unused = in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) { // the stream itself throws none
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The exception for an object with unexpected content but the bytes that were stored.
   *
   * @throws CorruptObjectException if they are others
   */
  public CorruptObjectException corrupt(String reason) {
    toEnd();
    return new CorruptObjectException("Cannot read %s: %s".formatted(in.location(), reason));
  }

  @Override
  public void close() {
    in.close();
  }
}
