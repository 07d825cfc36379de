package dev.braid.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.ShardCut;
import dev.braid.store.file.Folder;
import dev.braid.store.object.CorruptObjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sides of the comparison of files do. */
class StoreBenchTest {
  private static final ShardCut CUT = new ShardCut(4096, 1024);
  private static final int COORDINATES = 10_000;

  @TempDir Path root;

  private Folder folder() {
    return Folder.of(root.toString(), Map.of());
  }

  @Test
  void write_ofPlainFiles_writesExactlyTheVectorsBytes() throws IOException {
    new PlainCopy(folder(), CUT, COORDINATES).write();

    assertThat(lengths()).containsExactlyInAnyOrder(16_384L, 16_384L, 7_232L);
  }

  @Test
  void write_ofAVector_writesAFilePerShardAndItsBytesInThem() throws IOException {
    vector().write();

    assertThat(lengths()).hasSize(3);
    assertThat(lengths().stream().mapToLong(Long::longValue).sum())
        .isBetween(40_000L, 40_000L + 3 * 3000);
  }

  /** So a read covers and hashes every byte of the values. */
  @Test
  void read_ofAVector_noticesAFlippedBitInEveryFile() throws IOException {
    VectorCopy vector = vector();
    vector.write();
    vector.read();
    for (Path file : files()) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);

      assertThatThrownBy(vector::read).isInstanceOf(CorruptObjectException.class);

      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }
  }

  @Test
  void speed_ofWorkThatTakesHalfTheTime_isTwo() {
    assertThat(Speed.of(new Cost(1, 2), new Cost(2, 8))).isEqualTo(new Speed(2, 4));
  }

  private VectorCopy vector() {
    float[] row = new float[CUT.rowLength()];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    return new VectorCopy(folder(), CUT, COORDINATES, row);
  }

  private List<Long> lengths() throws IOException {
    return files().stream().map(file -> file.toFile().length()).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
