package dev.braid.store.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Blob;
import dev.braid.model.Blob.Shard;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ShardCut;
import dev.braid.store.file.Folder;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BlobsTest {
  private static final Digest SPACE = Digest.of("space");
  private static final ShardCut CUT = new ShardCut(128, 64);

  private Path root = Path.of("");
  private ObjectStore objects = new HadoopObjects(Folder.of(".", Map.of()));
  private Blobs blobs = new Blobs(objects);

  @BeforeEach
  @BeforeProperty
  void openStore() throws IOException {
    root = Files.createTempDirectory("blobs");
    objects = new HadoopObjects(Folder.of(root.toString(), Map.of()));
    blobs = new Blobs(objects);
  }

  @AfterEach
  @AfterProperty
  void deleteStore() {
    Folder.of(root.toString(), Map.of()).delete("");
  }

  private static float[] ramp(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = i - 0.5f;
    }
    return values;
  }

  @Property(tries = 30)
  void readFloats_ofWrittenVector_hasTheSameBits(
      @ForAll @Size(min = 1, max = 400) float[] values, @ForAll @IntRange(min = 1, max = 3) int k) {
    Blob blob = blobs.writeFloats(SPACE, new ShardCut(64 * k, 64), values);

    assertThat(blobs.readFloats(blobs.get(blobs.put(blob)))).containsExactly(values);
  }

  @Test
  void writeFloats_inPieces_makesTheSameBlob() {
    float[] values = ramp(300);
    try (FloatWriter writer = blobs.floatWriter(SPACE, CUT, 300)) {
      writer.write(java.util.Arrays.copyOfRange(values, 0, 65));
      writer.write();
      writer.write(java.util.Arrays.copyOfRange(values, 65, 300));

      assertThat(writer.finish()).isEqualTo(blobs.writeFloats(SPACE, CUT, values));
    }
  }

  @Test
  void writeFloats_whatCannotBePutInPlace_saysWhyAndLeavesNothingStaged() throws IOException {
    Files.createFile(root.resolve("objects")); // no folder can have this name any more

    assertThatThrownBy(() -> blobs.writeFloats(SPACE, CUT, ramp(600)))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageStartingWith("Cannot write ")
        .hasMessageContaining(root + "/objects");
    assertThat(root.resolve("staging/objects")).isEmptyDirectory();
  }

  @Test
  void close_beforeACorruptShardIsReached_saysNothing() throws IOException {
    Blob blob = blobs.writeFloats(SPACE, CUT, ramp(600));
    Files.delete(Path.of(URI.create(blobs.locations(blob).get(1))));

    try (RowReader reader = blobs.rows(blob)) {
      assertThat(reader.readRow().getFloat()).isEqualTo(-0.5f);
    }
  }

  @Test
  void shard_readByParquetsOwnReader_hasRowNumbersAndLittleEndianValues() throws IOException {
    Blob blob = blobs.writeFloats(SPACE, CUT, ramp(300));

    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(blobs.locations(blob).get(1));
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).build()) {
      for (int row = 0; row < 2; row++) {
        Group group = reader.read();
        assertThat(group.getInteger("row", 0)).isEqualTo(row);
        byte[] data = group.getBinary("data", 0).getBytes();
        assertThat(data).hasSize(64 * 4);
        // 127.5 = 0x42FF0000 and 191.5 = 0x433F8000, lowest byte first
        assertThat(List.of(data[0], data[1], data[2], data[3]))
            .containsExactly(
                (byte) 0,
                (byte) (row == 0 ? 0 : 0x80),
                (byte) (row == 0 ? 0xFF : 0x3F),
                (byte) (row == 0 ? 0x42 : 0x43));
      }
      assertThat(reader.read()).isNull();
    }
  }

  @Test
  void shard_bytes_holdNoPathHostOrTime() throws IOException {
    Blob blob = blobs.writeFloats(SPACE, CUT, new float[100]);
    Path file = Path.of(URI.create(blobs.locations(blob).get(0)));
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);

    List<String> words =
        Stream.of(text.split("[^ -~]+")).filter(word -> word.length() > 4).toList();
    assertThat(words).hasSize(2);
    assertThat(words.get(0)).startsWith("shard");
    assertThat(words.get(1)).matches(".*parquet-mr version 1\\.16\\.0 \\(build [0-9a-f]{40}\\).*");
  }

  @Test
  void writeFloats_ofEqualShards_sharesThem() {
    Blob blob = blobs.writeFloats(SPACE, CUT, new float[256]);

    assertThat(blob.shards().get(0)).isEqualTo(blob.shards().get(1));
  }

  @Test
  void open_flippedBit_isCorrupt() throws IOException {
    Blob blob = blobs.writeFloats(SPACE, CUT, ramp(200));
    Path file = Path.of(URI.create(blobs.locations(blob).get(1)));
    byte[] bytes = Files.readAllBytes(file);
    bytes[40] ^= 4;
    Files.write(file, bytes);

    assertThatThrownBy(() -> blobs.readFloats(blob))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessage(
            "Cannot read shard 1 of blob %s: %s: its bytes have the digest %s; 'braid fsck' reports"
                + " what that affects and what can be done",
            blobs.put(blob).abbreviated(),
            blobs.locations(blob).get(1),
            Digest.of(bytes).abbreviated());
  }

  @Test
  void bits_lastRowNotFull_isFilledUpWithZeros() {
    ByteBuffer row = ByteBuffer.wrap(new byte[] {(byte) 0xFF, 0x07});
    try (ShardWriter writer = blobs.shardWriter(ElementType.BIT, CUT, 0, 11)) {
      writer.write(row);
      Blob blob = new Blob(ElementType.BIT, SPACE, 11, CUT, List.of(writer.finish()));
      try (RowReader reader = blobs.rows(blob)) {
        assertThat(reader.readRow()).isEqualTo(row.rewind());
        assertThat(reader.hasRow()).isFalse();
      }
    }
  }

  @Test
  void bits_setAfterTheEnd_areRefused() {
    try (ShardWriter writer = blobs.shardWriter(ElementType.BIT, CUT, 0, 11)) {
      assertThatThrownBy(() -> writer.write(ByteBuffer.wrap(new byte[] {0, 0x08})))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("bits after its end");
    }
  }

  @Test
  void write_rowOfWrongLength_isRefused() {
    try (ShardWriter writer = blobs.shardWriter(ElementType.UINT8, CUT, 0, 100)) {
      assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(63)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid row 0: 63 bytes (64 uint8 coordinates need 64)");
    }
  }

  @Test
  void finish_withRowsMissing_isRefused() throws IOException {
    try (ShardWriter writer = blobs.shardWriter(ElementType.UINT8, CUT, 0, 100)) {
      writer.write(ByteBuffer.allocate(64));
      assertThatThrownBy(writer::finish)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid shard: 1 rows (its length needs 2)");
    }
    assertThat(root.resolve("objects")).doesNotExist();
    assertThat(root.resolve("staging/objects")).isEmptyDirectory();
  }

  /** A disk on which two files must be moved at the same time. */
  static final class Meeting extends LocalDisk {
    private static final CountDownLatch BOTH = new CountDownLatch(2);

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      BOTH.countDown();
      try {
        if (!BOTH.await(30, TimeUnit.SECONDS)) {
          throw new IOException("nobody else moves a file");
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return super.rename(from, to);
    }
  }

  @Test
  void finish_ofSeveralShards_finishesThemAtTheSameTime() {
    Map<String, String> options = Map.of(LocalDisk.CLASS, Meeting.class.getName());
    objects = new HadoopObjects(Folder.of(root.toString(), options));
    try (ShardWriter one = filled(1);
        ShardWriter two = filled(2)) {
      SortedMap<String, Shard> shards = Blobs.finish(new TreeMap<>(Map.of("one", one, "two", two)));

      assertThat(shards.keySet()).containsExactly("one", "two");
      assertThat(shards.values()).allMatch(s -> objects.contains(s.digest(), "parquet"));
    }
  }

  private ShardWriter filled(int value) {
    ShardWriter writer = new Blobs(objects).shardWriter(ElementType.UINT8, CUT, 0, 1);
    writer.write(ByteBuffer.wrap(new byte[] {(byte) value}));
    return writer;
  }

  @Test
  void finish_ofShardsOfWhichOneCannotBe_waitsForTheOthersAndLeavesNothingStaged()
      throws IOException {
    try (ShardWriter one = filled(1);
        ShardWriter two = blobs.shardWriter(ElementType.UINT8, CUT, 0, 1);
        ShardWriter three = filled(3)) {
      assertThatThrownBy(
              () -> Blobs.finish(new TreeMap<>(Map.of("one", one, "two", two, "three", three))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid shard: 0 rows (its length needs 1)");
      try (Stream<Path> files = Files.walk(root.resolve("objects"))) {
        assertThat(files.filter(Files::isRegularFile)).hasSize(2);
      }
    }
    assertThat(root.resolve("staging/objects")).isEmptyDirectory();
  }
}
