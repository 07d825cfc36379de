package dev.braid.store.vector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.braid.model.Blob;
import dev.braid.model.Blob.Shard;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ShardCut;
import dev.braid.store.file.Folder;
import dev.braid.store.json.BlobParser;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.object.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of a shard, and that no wrong byte of its file passes for right. */
final class ShardStreamTest {
  private static final Digest SPACE = Digest.of("space");
  private static final ShardCut CUT = new ShardCut(128, 64);
  private static final int COORDINATES = 128 + 64 + 37; // the second shard's second row is shorter
  private static final int LAST = 1;

  @TempDir Path root;

  private ObjectStore objects;
  private Blobs blobs;

  @BeforeEach
  void openStore() {
    objects = new HadoopObjects(Folder.of(root.toString(), Map.of()));
    blobs = new Blobs(objects);
  }

  /** The stored bytes of a row: random ones, of which the last has no bit behind the row's end. */
  private static byte[] row(ElementType element, int shard, int row) {
    int length = CUT.rowLength(shard, row, COORDINATES);
    byte[] bytes = new byte[element.bytes(length)];
    new Random(31 * shard + row).nextBytes(bytes);
    if (element == ElementType.BIT && length % 8 != 0) {
      bytes[bytes.length - 1] &= (byte) ((1 << length % 8) - 1);
    }
    return bytes;
  }

  private Blob stored(ElementType element) {
    return new Blob(
        element, SPACE, COORDINATES, CUT, List.of(shard(element, 0), shard(element, LAST)));
  }

  private Shard shard(ElementType element, int shard) {
    try (ShardWriter writer = blobs.shardWriter(element, CUT, shard, COORDINATES)) {
      for (int row = 0; row < CUT.rows(shard, COORDINATES); row++) {
        writer.write(ByteBuffer.wrap(row(element, shard, row)));
      }
      return writer.finish();
    }
  }

  private static Path file(Blobs blobs, Blob blob) {
    return Path.of(URI.create(blobs.locations(blob).get(LAST)));
  }

  /** The next row's array. */
  private static Object next(ShardStream rows, ElementType element) {
    return switch (element) {
      case FLOAT32 -> rows.floats();
      case BIT -> rows.bits();
      case UINT8, UINT16 -> rows.steps();
    };
  }

  private static void readAll(Blobs blobs, Blob blob) {
    try (ShardStream rows = blobs.stream(blob, LAST)) {
      while (rows.hasRow()) {
        assertThat(next(rows, blob.element())).isNotNull();
      }
    }
  }

  /** What {@link RowBytes} makes of a row's bytes. */
  private static Object expected(ElementType element, byte[] bytes) {
    ByteBuffer row = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (element) {
      case FLOAT32 -> RowBytes.floats(row);
      case BIT -> bytes;
      case UINT8, UINT16 -> RowBytes.steps(row, element);
    };
  }

  @ParameterizedTest
  @EnumSource
  void rows_areThoseThatWereWritten(ElementType element) {
    Blob blob = stored(element);

    for (int shard = 0; shard <= LAST; shard++) {
      try (ShardStream rows = blobs.stream(blob, shard)) {
        for (int row = 0; row < 2; row++) {
          assertThat(rows.hasRow()).isTrue();
          assertThat(rows.rowLength()).isEqualTo(shard == LAST && row == 1 ? 37 : 64);
          assertThat(next(rows, element)).isEqualTo(expected(element, row(element, shard, row)));
        }
        assertThat(rows.hasRow()).isFalse();
      }
    }
  }

  @Test
  void rows_longerThanAPieceOfTheFile_areWhole() {
    ShardCut cut = new ShardCut(1 << 17, 1 << 17);
    float[] values = new float[100_001];
    for (int j = 0; j < values.length; j++) {
      values[j] = j - .5f;
    }
    Blob blob = blobs.writeFloats(SPACE, cut, values);

    try (ShardStream rows = blobs.stream(blob, 0)) {
      assertThat(rows.floats()).containsExactly(values);
    }
  }

  @Test
  void rows_ofOneLength_useOneArray() {
    Blob blob = stored(ElementType.FLOAT32);

    try (ShardStream rows = blobs.stream(blob, 0)) {
      assertThat(rows.floats()).isSameAs(rows.floats());
    }
  }

  @Test
  void rows_askedForAsWhatTheyAreNot_areRefused() {
    Blob blob = stored(ElementType.BIT);

    try (ShardStream rows = blobs.stream(blob, 0)) {
      assertThatThrownBy(rows::floats)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid row: its coordinates are bit");
    }
  }

  @ParameterizedTest
  @EnumSource
  void rows_ofAFileWithAnyBitFlipped_areCorrupt(ElementType element) throws IOException {
    Blob blob = stored(element);
    Path file = file(blobs, blob);
    byte[] sound = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int at = 0; at < sound.length; at++) {
      byte[] bytes = sound.clone();
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
      assertCorrupt(blob, bytes);
    }
    Files.write(file, sound);
    readAll(blobs, blob); // and that was all that was wrong
  }

  private static String name(Blob blob) {
    return Digest.of(BlobParser.toJson(blob)).abbreviated();
  }

  private void assertCorrupt(Blob blob, byte[] bytes) {
    assertThat(catchThrowable(() -> readAll(blobs, blob)))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessage(
            "Cannot read shard 1 of blob %s: %s: its bytes have the digest %s; 'braid fsck' reports"
                + " what that affects and what can be done",
            name(blob), blobs.locations(blob).get(LAST), Digest.of(bytes).abbreviated());
  }

  @Test
  void rows_ofAFileOfAnotherLength_areCorrupt() throws IOException {
    Blob blob = stored(ElementType.FLOAT32);
    Path file = file(blobs, blob);
    byte[] sound = Files.readAllBytes(file);
    for (int length : List.of(0, 3, 20, 300, sound.length - 1, sound.length + 1)) {
      byte[] bytes = Arrays.copyOf(sound, length);
      Files.write(file, bytes);
      assertCorrupt(blob, bytes);
    }
  }

  @Test
  void rows_ofAMissingFile_areCorrupt() throws IOException {
    Blob blob = stored(ElementType.FLOAT32);
    Files.delete(file(blobs, blob));

    assertThatThrownBy(() -> blobs.stream(blob, LAST))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessage(
            "Cannot read shard 1 of blob %s: %s: the object is missing; 'braid fsck' reports what"
                + " that affects and what can be done",
            name(blob), blobs.locations(blob).get(LAST));
  }

  /** Objects that are what their names say, but not what the blob says of them. */
  @Test
  void rows_ofAnotherObject_areCorrupt() {
    Blob blob = stored(ElementType.FLOAT32);
    Shard sound = blob.shards().get(LAST);
    byte[] bytes = new byte[(int) sound.bytes()];
    assertRefused(
        blob, new Shard(objects.put(bytes, "parquet"), sound.bytes()), "it is not a Parquet file");
    System.arraycopy("PAR1".getBytes(US_ASCII), 0, bytes, 0, 4);
    assertRefused(
        blob, new Shard(objects.put(bytes, "parquet"), sound.bytes()), "no page begins at byte 4");
    assertRefused(
        blob, blob.shards().get(0), "a page has 260 bytes instead of 152"); // its longer second row
    assertRefused(
        blob,
        new Shard(sound.digest(), sound.bytes() - 1),
        "it has %s bytes instead of %s".formatted(sound.bytes(), sound.bytes() - 1));
    assertRefused(blob, shard(ElementType.UINT8, LAST), "a page has 68 bytes instead of 260");
  }

  private void assertRefused(Blob blob, Shard shard, String reason) {
    Blob wrong =
        new Blob(
            ElementType.FLOAT32, SPACE, COORDINATES, CUT, List.of(blob.shards().get(0), shard));

    assertThat(catchThrowable(() -> readAll(blobs, wrong)))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessage(
            "Cannot read shard 1 of blob %s: %s: %s",
            name(wrong), blobs.locations(wrong).get(LAST), reason);
  }

  @Test
  void check_beforeTheLastRow_tellsOfWhatFollows() throws IOException {
    Blob blob = stored(ElementType.FLOAT32);
    Path file = file(blobs, blob);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 9] ^= 1; // in the footer
    Files.write(file, bytes);

    try (ShardStream rows = blobs.stream(blob, LAST)) {
      assertThat(rows.floats())
          .isEqualTo(expected(ElementType.FLOAT32, row(ElementType.FLOAT32, LAST, 0)));
      assertThatThrownBy(rows::check)
          .isInstanceOf(CorruptObjectException.class)
          .hasMessageContaining("its bytes have the digest " + Digest.of(bytes).abbreviated());
    }
  }

  @Test
  void check_ofASoundFile_passesOverWhatFollows() {
    Blob blob = stored(ElementType.FLOAT32);

    try (ShardStream rows = blobs.stream(blob, LAST)) {
      rows.check();

      assertThat(rows.hasRow()).isFalse();
      assertThatThrownBy(rows::floats)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid row: 2 (the shard has no more)");
    }
  }

  /** Reading a row early does not verify the file. */
  @Test
  void close_early_checksNothing() throws IOException {
    Blob blob = stored(ElementType.FLOAT32);
    Path file = file(blobs, blob);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 9] ^= 1;
    Files.write(file, bytes);

    try (ShardStream rows = blobs.stream(blob, LAST)) {
      assertThat(rows.floats()).hasSize(64);
    }

    assertCorrupt(blob, bytes);
  }

  @Test
  void rows_ofAFileThatWasCheckedBefore_areRead() {
    Blob blob = stored(ElementType.UINT16);

    readAll(blobs, blob);
    readAll(blobs, blob);
  }
}
