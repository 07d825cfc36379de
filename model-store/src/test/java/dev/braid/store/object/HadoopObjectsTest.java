package dev.braid.store.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.store.file.Folder;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
