package dev.braid.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalLogTest extends CommitLogContract {
  @TempDir Path root;

  @Override
  StoreLocation location() {
    return StoreLocation.of(root.resolve(UUID.randomUUID().toString()).toString());
  }

  private CommitLog logInRoot() {
    return CommitLogs.in(Folder.of(root.toString(), Map.of()));
  }

  /** A disk from which nothing can be deleted. */
  static final class Keeping extends LocalDisk {
    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      throw new IOException(path.toUri().getPath() + " (Operation not permitted)");
    }
  }

  @Test
  void create_thatLeavesItsStagedFile_isDone() {
    Map<String, String> options = Map.of(LocalDisk.CLASS, Keeping.class.getName());
    CommitLog log = CommitLogs.in(Folder.of(root.toString(), options));

    assertThat(log.create("a/1", new byte[1])).isTrue();
    assertThat(log.read("a/1")).hasValue(new byte[1]);
    assertThat(root.resolve("staging/commits")).isNotEmptyDirectory();
  }

  @Test
  void create_leavesNothingInStaging() {
    logInRoot().create("a/1", new byte[1]);
    logInRoot().create("a/1", new byte[1]);

    assertThat(root.resolve("staging/commits")).isEmptyDirectory();
  }

  @Test
  void create_whereNothingCanBeWritten_saysSoInOneSentence() throws IOException {
    Files.writeString(root.resolve("a"), "a file in the way");

    assertThatThrownBy(() -> logInRoot().create("a/1", new byte[1]))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageStartingWith("Cannot write file:" + root + "/a/1: ")
        .hasMessageNotContaining("\n");
  }
}
