package dev.braid.store.object;

import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopStreams;

/** Reads a Parquet object of which each column chunk is one page of plain, uncompressed values. */
public final class ParquetPages implements AutoCloseable {
  /*
   * Parquet's reader copies a page from its stream. Here the object is usually in memory already,
   * where its digest was verified, and its values are used without a copy.
   */
  private static final ParquetReadOptions OPTIONS =
      // without Hadoop's defaults: parsing them took far longer than reading a small file
      ParquetReadOptions.builder(new HadoopParquetConfiguration(/* loadDefaults= */ false)).build();

  private final String location;
  private final FSDataInputStream in;
  private final List<BlockMetaData> groups;

  /**
   * Opens an object.
   *
   * @throws CorruptObjectException if it is missing, or its bytes are not those that were stored
   */
  public ParquetPages(StoredParquet file) {
    this.location = file.location();
    this.in = file.objects().open(file.digest(), StoredParquet.EXTENSION);
    try {
      this.groups = ParquetFileReader.readFooter(file, OPTIONS, HadoopStreams.wrap(in)).getBlocks();
    } catch (IOException e) {
      close();
      throw new StoreAccessException("read", location, e);
    } catch (RuntimeException e) { // how Parquet reports another kind of file
      close();
      throw new CorruptObjectException("Cannot read %s: %s".formatted(location, e.getMessage()));
    }
  }

  /** The number of row groups. */
  public int groups() {
    return groups.size();
  }

  /**
   * The values of a column in a row group.
   *
   * @throws CorruptObjectException if they are not one page of plain, uncompressed values
   */
  public ByteBuffer page(int group, int column) {
    ColumnChunkMetaData chunk = groups.get(group).getColumns().get(column);
    try {
      in.seek(chunk.getFirstDataPageOffset());
      PageHeader header = Util.readPageHeader(in);
      if (chunk.getCodec() != CompressionCodecName.UNCOMPRESSED
          || !header.isSetData_page_header()
          || header.getData_page_header().getEncoding() != Encoding.PLAIN) {
        throw new CorruptObjectException(
            "Cannot read %s: its values are not plain and uncompressed".formatted(location));
      }
      return next(header.getUncompressed_page_size());
    } catch (IOException e) {
      throw new StoreAccessException("read", location, e);
    }
  }

  private ByteBuffer next(int length) throws IOException {
    if (in.getWrappedStream() instanceof MemoryInput memory) {
      return memory.next(length);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new StoreAccessException("close", location, e);
    }
  }
}
