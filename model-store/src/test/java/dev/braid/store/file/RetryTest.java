package dev.braid.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryTest {
  private final List<Boolean> tries = new ArrayList<>();

  @TempDir Path root;

  @Test
  void of_anErrorThatPasses_triesAgain() throws IOException {
    String done = Retry.of(again -> failing(again, 2, new IOException("Stale file handle")));

    assertThat(done).isEqualTo("done");

    assertThat(tries).containsExactly(false, true, true);
  }

  @Test
  void of_anErrorThatStays_throwsTheLast() {
    IOException error = new IOException("Input/output error");

    assertThatThrownBy(() -> Retry.of(again -> failing(again, 99, error))).isSameAs(error);

    assertThat(tries).hasSize(1 + Retry.WAITS.size());
  }

  @Test
  void of_anErrorThatWillBeTheSame_triesOnce() {
    for (IOException error :
        List.of(
            new FileNotFoundException("/x (No such file or directory)"),
            new IOException("No space left on device"),
            new IOException("Read-only file system"),
            new IOException((String) null))) {
      tries.clear();
      assertThatThrownBy(() -> Retry.of(again -> failing(again, 1, error))).isSameAs(error);
      assertThat(tries).as(error.toString()).hasSize(1);
    }
  }

  @Test
  void of_aThreadThatIsToStop_stops() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () -> Retry.of(again -> failing(again, 1, new IOException("Input/output error"))))
        .hasMessage("Input/output error");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(tries).hasSize(1);
  }

  private String failing(boolean again, int times, IOException error) throws IOException {
    tries.add(again);
    if (tries.size() <= times) {
      throw error;
    }
    return "done";
  }

  @Test
  void folder_onAFlakyDisk_doesEverythingOnce() {
    int before = FlakyDisk.failures();
    Folder folder =
        Folder.of(
            root.toString(),
            Map.of(LocalDisk.CLASS, FlakyDisk.class.getName(), FlakyDisk.TIMES, "1"));
    for (int i = 0; i < 20; i++) {
      String name = i + "/file-" + i;
      write(folder, name + ".part", "content " + i);
      folder.move(name + ".part", name);
      assertThat(folder.link(name, name + ".linked")).isTrue();
      assertThat(folder.link(name + ".linked", name + ".linked")).isTrue();
      write(folder, name + ".other", "other");
      assertThat(folder.link(name + ".other", name)).isFalse();
      assertThat(folder.read(name + ".linked")).hasValue(("content " + i).getBytes(UTF_8));
      folder.delete(name + ".other");
      assertThat(folder.names("" + i)).containsExactly("file-" + i, "file-" + i + ".linked");
    }
    assertThat(FlakyDisk.failures() - before).isGreaterThan(20);
  }

  @Test
  void folder_onADiskThatIsFull_saysSoAtOnce() {
    Folder folder =
        Folder.of(
            root.toString(),
            Map.of(
                LocalDisk.CLASS,
                FlakyDisk.class.getName(),
                FlakyDisk.ERROR,
                "No space left on device"));

    assertThatThrownBy(
            () -> IntStream.range(0, 50).forEach(i -> write(folder, "full-" + i, "content")))
        .isInstanceOf(StoreAccessException.class)
        .hasMessageContaining("No space left on device");
  }

  private static void write(Folder folder, String name, String content) {
    try (NewFile file = folder.create(name)) {
      byte[] bytes = content.getBytes(UTF_8);
      file.write(bytes, 0, bytes.length);
    }
  }
}
