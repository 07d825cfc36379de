package dev.braid.store.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

/** The order in which Parquet hands over encodings changes from one run of the JVM to the next. */
final class ParquetFooterTest {
  private static final byte[] INDEXES = {1, 2, 3};

  private static byte[] end(Encoding... encodings) throws IOException {
    ColumnMetaData column =
        new ColumnMetaData(
            Type.INT32,
            List.of(encodings),
            List.of("row"),
            CompressionCodec.UNCOMPRESSED,
            1,
            9,
            9,
            4);
    ColumnChunk chunk = new ColumnChunk(4).setMeta_data(column);
    FileMetaData footer =
        new FileMetaData(
            1, List.of(new SchemaElement("shard")), 1, List.of(new RowGroup(List.of(chunk), 9, 1)));
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    end.writeBytes(INDEXES);
    Util.writeFileMetaData(footer, end);
    ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    end.writeBytes(
        trailer
            .putInt(end.size() - INDEXES.length)
            .put("PAR1".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
            .array());
    return end.toByteArray();
  }

  @Test
  void inOrder_ofEncodingsInAnyOrder_isTheSame() throws IOException {
    byte[] expected = end(Encoding.PLAIN, Encoding.RLE, Encoding.BIT_PACKED);

    assertThat(ParquetFooter.inOrder(end(Encoding.BIT_PACKED, Encoding.PLAIN, Encoding.RLE)))
        .isEqualTo(ParquetFooter.inOrder(end(Encoding.RLE, Encoding.BIT_PACKED, Encoding.PLAIN)))
        .isEqualTo(expected);
  }

  @Test
  void inOrder_keepsWhatStandsBeforeAndBehindTheFooter() throws IOException {
    byte[] end = ParquetFooter.inOrder(end(Encoding.RLE, Encoding.PLAIN));

    assertThat(Arrays.copyOf(end, 3)).isEqualTo(INDEXES);
    int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt(end.length - 8);
    assertThat(length).isEqualTo(end.length - 8 - 3);
    assertThat(Util.readFileMetaData(new ByteArrayInputStream(end, 3, length)).getNum_rows())
        .isEqualTo(1);
  }
}
