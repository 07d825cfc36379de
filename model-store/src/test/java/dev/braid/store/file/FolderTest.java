package dev.braid.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
  @TempDir Path root;
  private Folder folder;

  @BeforeEach
  void writeFile() throws Exception {
    Files.writeString(root.resolve("file"), "secret");
    folder = Folder.of(root.toString(), Map.of(LocalDisk.CLASS, Forbidding.class.getName()));
  }

  /** A disk as Java shows it to an account that may not read, which root's may. */
  static final class Forbidding extends LocalDisk {
    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws FileNotFoundException {
      throw new FileNotFoundException(file.toUri().getPath() + " (Permission denied)");
    }
  }

  @Test
  void read_ofAFileThatMayNotBeOpened_isNotAbsence() {
    assertThatThrownBy(() -> folder.read("file"))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageStartingWith("Cannot read file:" + root)
        .hasMessageEndingWith("/file (Permission denied)");

    assertThat(folder.read("other")).isEmpty();
  }
}
