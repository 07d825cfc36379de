package dev.braid.store.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.store.StoreLocation;
import dev.braid.store.file.Folder;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.io.InterruptedIOException;
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
  void create_interruptedInItsStep_isDone() {
    Map<String, String> options = Map.of(LocalDisk.CLASS, Interrupting.class.getName());
    CommitLog log = CommitLogs.in(Folder.of(root.toString(), options));

    boolean isCreated = log.create("a/1", new byte[1]);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(isCreated).isTrue();
    assertThat(log.read("a/1")).hasValue(new byte[1]);
  }

  /** A disk that interrupts the thread when it has linked a file. */
  static final class Interrupting extends LocalDisk {
    @Override
    public boolean link(org.apache.hadoop.fs.Path file, org.apache.hadoop.fs.Path name)
        throws IOException {
      boolean isLinked = super.link(file, name);
      Thread.currentThread().interrupt();
      return isLinked;
    }
  }

  @Test
  void create_whoseAnswerIsLost_isDoneIfItsContentIsThere() {
    Folder folder = Folder.of(root.toString(), Map.of());
    StagedCreation losing =
        new StagedCreation(
            folder,
            (staged, name) -> {
              assertThat(folder.link(staged, name)).isTrue();
              Thread.currentThread().interrupt();
              throw lost(name);
            });

    boolean isCreated = losing.create("a/1", new byte[1]);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(isCreated).isTrue();
  }

  @Test
  void create_whoseAnswerIsLost_failsIfAnotherContentIsThere() throws IOException {
    Folder folder = Folder.of(root.toString(), Map.of());
    Files.createDirectory(root.resolve("a"));
    Files.write(root.resolve("a/1"), new byte[2]);
    StagedCreation losing =
        new StagedCreation(
            folder,
            (staged, name) -> {
              throw lost(name);
            });

    assertThatThrownBy(() -> losing.create("a/1", new byte[1]))
        .isInstanceOf(StoreAccessException.class);
    assertThatThrownBy(() -> losing.create("a/2", new byte[1]))
        .isInstanceOf(StoreAccessException.class);
  }

  private static StoreAccessException lost(String name) {
    return new StoreAccessException("write", name, new InterruptedIOException("lost"));
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
