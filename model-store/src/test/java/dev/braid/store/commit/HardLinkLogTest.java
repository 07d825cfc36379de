package dev.braid.store.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.store.file.Folder;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HardLinkLogTest extends CommitLogContract {
  private static final int ROUNDS = 100;

  @TempDir Path root;

  @Override
  CommitLog log() {
    return CommitLogs.in(Folder.of(root.toString(), Map.of()));
  }

  @Test
  void create_leavesNothingInStaging() {
    log().create("a/1", new byte[1]);
    log().create("a/1", new byte[1]);

    assertThat(root.resolve("staging/commits")).isEmptyDirectory();
  }

  @Test
  void create_whereNothingCanBeWritten_saysSoInOneSentence() throws IOException {
    Files.writeString(root.resolve("a"), "a file in the way");

    assertThatThrownBy(() -> log().create("a/1", new byte[1]))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageStartingWith("Cannot write file:" + root + "/a/1: ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void create_racedByProcesses_hasOneWinnerEach() throws Exception {
    Process one = contender("one");
    Process two = contender("two");

    List<String> wonByOne = finish(one);
    List<String> wonByTwo = finish(two);

    assertThat(wonByOne).doesNotContainAnyElementsOf(wonByTwo);
    assertThat(wonByOne.size() + wonByTwo.size()).isEqualTo(ROUNDS);
    for (String name : wonByOne) {
      assertThat(log().read(name)).hasValue("one".getBytes(UTF_8));
    }
    for (String name : wonByTwo) {
      assertThat(log().read(name)).hasValue("two".getBytes(UTF_8));
    }
  }

  private Process contender(String content) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Contender.class.getName(),
            root.toString(),
            content)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> finish(Process process) throws Exception {
    List<String> lines = process.inputReader(UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }

  /** Waits for the other one, then tries to create every file; prints those that it did create. */
  static final class Contender {
    private Contender() {}

    public static void main(String[] arguments) throws InterruptedException {
      CommitLog log = CommitLogs.in(Folder.of(arguments[0], Map.of()));
      byte[] content = arguments[1].getBytes(UTF_8);
      log.create("ready/" + arguments[1], content);
      while (log.names("ready").size() < 2) {
        Thread.onSpinWait();
      }
      for (int round = 0; round < ROUNDS; round++) {
        if (log.create("race/" + round, content)) {
          System.out.println("race/" + round);
        }
      }
    }
  }
}
