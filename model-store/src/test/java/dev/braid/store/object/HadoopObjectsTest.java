package dev.braid.store.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.store.file.Folder;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HadoopObjectsTest extends ObjectStoreContract {
  @TempDir Path root;

  @Override
  ObjectStore objects() {
    return new HadoopObjects(Folder.of(root.toString(), Map.of()));
  }

  @Override
  void flipBit(Digest digest, String extension) throws IOException {
    Path file = Path.of(URI.create(objects().location(digest, extension)));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Override
  List<String> leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.matches("objects/(..)/\\1[0-9a-f]{62}\\.[a-z]+"))
          .toList();
    }
  }

  /** A disk on which another process deletes a file at the moment when it is opened. */
  static final class Racing extends LocalDisk {
    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      super.delete(file, /* recursive= */ false);
      return super.open(file, bufferSize);
    }
  }

  @Test
  void open_ofAnObjectThatGoesInThatMoment_isMissing() {
    Map<String, String> options = Map.of(LocalDisk.CLASS, Racing.class.getName());
    ObjectStore objects = new HadoopObjects(Folder.of(root.toString(), options));
    Digest digest = objects.put("abc".getBytes(UTF_8), "txt");

    assertThatThrownBy(() -> objects.open(digest, "txt"))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining("the object is missing");
  }

  @Test
  void put_whereNothingCanBeWritten_saysSoInOneSentence() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "not a folder");
    ObjectStore objects = new HadoopObjects(Folder.of(file + "/store", Map.of()));

    assertThatThrownBy(() -> objects.put("abc".getBytes(UTF_8), "txt"))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageStartingWith("Cannot write file:" + file + "/store/staging/objects/")
        .hasMessageNotContaining("\n");
    assertThat(file).hasContent("not a folder");
  }
}
