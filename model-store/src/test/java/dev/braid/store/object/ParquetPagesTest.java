package dev.braid.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.store.file.Folder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetPagesTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType("message m { required int32 n; required binary data; }");
  private static final int LONGER_THAN_WHAT_IS_KEPT_IN_MEMORY = 21 << 20;

  @TempDir Path root;

  private ObjectStore objects;

  @BeforeEach
  void openStore() {
    objects = new HadoopObjects(Folder.of(root.toString(), Map.of()));
  }

  /** What Parquet's own writer makes of one row. */
  private StoredParquet written(int number, byte[] data, CompressionCodecName codec)
      throws IOException {
    try (ParquetObject object = new ParquetObject(objects.writer(StoredParquet.EXTENSION))) {
      ParquetWriter<org.apache.parquet.example.data.Group> writer =
          ExampleParquetWriter.builder(object)
              .withType(SCHEMA)
              .withCompressionCodec(codec)
              .withDictionaryEncoding(false)
              .build();
      SimpleGroup row = new SimpleGroup(SCHEMA);
      row.append("n", number);
      row.append("data", Binary.fromConstantByteArray(data));
      writer.write(row);
      object.end();
      writer.close();
      long length = object.length();
      return new StoredParquet(objects, object.finish(), length);
    }
  }

  private static ByteBuffer littleEndian(ByteBuffer page) {
    return page.order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void page_ofParquetsOwnWriter_isTheValues() throws IOException {
    try (ParquetPages pages =
        new ParquetPages(written(7, new byte[] {1, 2, 3}, CompressionCodecName.UNCOMPRESSED))) {
      assertThat(pages.groups()).isEqualTo(1);
      ByteBuffer data = littleEndian(pages.page(0, 1));
      assertThat(littleEndian(pages.page(0, 0)).getInt()).isEqualTo(7);
      assertThat(data.getInt()).isEqualTo(3);
      assertThat(data).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }
  }

  @Test
  void page_ofAFileThatIsNotKeptInMemory_isTheValues() throws IOException {
    byte[] values = new byte[LONGER_THAN_WHAT_IS_KEPT_IN_MEMORY];
    values[values.length - 1] = 5;
    try (ParquetPages pages =
        new ParquetPages(written(7, values, CompressionCodecName.UNCOMPRESSED))) {
      ByteBuffer data = littleEndian(pages.page(0, 1));
      assertThat(littleEndian(pages.page(0, 0)).getInt()).isEqualTo(7);
      assertThat(data.getInt()).isEqualTo(values.length);
      assertThat(data).isEqualTo(ByteBuffer.wrap(values));
    }
  }

  @Test
  void page_compressed_isRefused() throws IOException {
    StoredParquet file = written(7, new byte[100], CompressionCodecName.GZIP);
    try (ParquetPages pages = new ParquetPages(file)) {
      assertThatThrownBy(() -> pages.page(0, 1))
          .isInstanceOf(CorruptObjectException.class)
          .hasMessage("Cannot read %s: its values are not plain and uncompressed", file.location());
    }
  }

  @Test
  void open_whatIsNoParquetFile_isRefused() {
    Digest digest = objects.put(new byte[100], StoredParquet.EXTENSION);
    StoredParquet file = new StoredParquet(objects, digest, 100);

    assertThatThrownBy(() -> new ParquetPages(file))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageStartingWith("Cannot read " + file.location() + ": ")
        .hasMessageContaining("is not a Parquet file");
  }
}
