package dev.braid.store.object;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/** The metadata at the end of a Parquet file. */
final class ParquetFooter {
  /** The footer's length in four bytes, then "PAR1". */
  private static final int TRAILER = 8;

  private ParquetFooter() {}

  /** The end of a file with the same footer, its lists of encodings sorted by their numbers. */
  static byte[] inOrder(byte[] end) {
    ByteBuffer bytes = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getInt(end.length - TRAILER);
    int start = end.length - TRAILER - length;
    try {
      FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(end, start, length));
      for (RowGroup group : metadata.getRow_groups()) {
        group.getColumns().forEach(ParquetFooter::sortEncodings);
      }
      ByteArrayOutputStream sorted = new ByteArrayOutputStream(end.length);
      sorted.write(end, 0, start);
      Util.writeFileMetaData(metadata, sorted);
      int sortedLength = sorted.size() - start;
      sorted.write(
          bytes.putInt(end.length - TRAILER, sortedLength).array(), start + length, TRAILER);
      return sorted.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("what Parquet wrote to memory can be read", e);
    }
  }

  private static void sortEncodings(ColumnChunk column) {
    List<Encoding> encodings = column.getMeta_data().getEncodings();
    column
        .getMeta_data()
        .setEncodings(
            encodings.stream().sorted(Comparator.comparingInt(Encoding::getValue)).toList());
  }
}
