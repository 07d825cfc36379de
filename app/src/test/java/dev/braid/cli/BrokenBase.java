package dev.braid.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Copies of a base with one broken file, each overwriting the previous one.
 *
 * @param intact the intact base
 * @param copy the folder of the copies, which error messages name
 */
record BrokenBase(Path intact, Path copy) {
  /** Changes a file in place. */
  interface Damage {
    void to(FileChannel file) throws IOException;
  }

  /** A copy with a damaged file. */
  String damaged(String name, Damage damage) throws IOException {
    try (FileChannel file = FileChannel.open(fresh(name), StandardOpenOption.WRITE)) {
      damage.to(file);
    }
    return copy.toString();
  }

  /** A copy with a file cut in half. */
  String halved(String name) throws IOException {
    return damaged(name, file -> file.truncate(file.size() / 2));
  }

  /** A copy with a different text in a file. */
  String edited(String name, String text) throws IOException {
    Files.writeString(fresh(name), text);
    return copy.toString();
  }

  /** A copy with some bytes replaced wherever they occur in a file. */
  String replaced(String name, String before, String after) throws IOException {
    Path file = fresh(name);
    String text = Files.readString(file, ISO_8859_1);
    assertThat(text).contains(before);
    Files.writeString(file, text.replace(before, after), ISO_8859_1);
    return copy.toString();
  }

  /** A file of a new copy. */
  private Path fresh(String name) throws IOException {
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(intact)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return copy.resolve(name);
  }
}
