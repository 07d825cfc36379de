package dev.braid.vlm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewDirectoryTest {
  @TempDir Path folder;

  @Test
  void fill_showsTheDirectoryWhenItIsComplete() throws IOException {
    Path place = folder.resolve("deep/down");

    NewDirectory.at(place)
        .fill(
            unfinished -> {
              Files.writeString(unfinished.resolve("a"), "1");
              assertThat(place).doesNotExist();
              Files.writeString(unfinished.resolve("b"), "2");
            });

    assertThat(place.resolve("a")).hasContent("1");
    assertThat(place.resolve("b")).hasContent("2");
    assertThat(children(folder.resolve("deep"))).containsExactly(place);
  }

  @Test
  void fill_ofAnEmptyFolder_takesIt() throws IOException {
    NewDirectory.at(folder).fill(unfinished -> Files.writeString(unfinished.resolve("a"), "1"));

    assertThat(folder.resolve("a")).hasContent("1");
  }

  @Test
  void fill_thatFails_leavesNothing() throws IOException {
    Path place = folder.resolve("place");

    assertThatThrownBy(
            () ->
                NewDirectory.at(place)
                    .fill(
                        unfinished -> {
                          Files.writeString(unfinished.resolve("a"), "1");
                          throw new IOException("No space left on device");
                        }))
        .hasMessage("No space left on device");

    assertThat(children(folder)).isEmpty();
  }

  @Test
  void at_whatIsThere_refuses() throws IOException {
    Files.writeString(folder.resolve("file"), "1");

    for (Path taken : List.of(folder, folder.resolve("file"))) {
      assertThatThrownBy(() -> NewDirectory.at(taken))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Cannot write to %s: it exists and is not empty; name a new folder", taken);
    }
  }

  @Test
  void fill_byManyAtOnce_letsOneWin() throws Exception {
    Path place = folder.resolve("place");
    CountDownLatch ready = new CountDownLatch(4);
    List<Future<Boolean>> writers = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int writer = 0; writer < 4; writer++) {
      String name = "writer-" + writer;
      writers.add(threads.submit(() -> wins(NewDirectory.at(place), name, ready)));
    }
    threads.shutdown();

    int winners = 0;
    for (Future<Boolean> writer : writers) {
      winners += writer.get() ? 1 : 0;
    }
    assertThat(winners).isOne();
    assertThat(children(folder)).containsExactly(place);
    assertThat(children(place)).hasSize(1);
  }

  private static boolean wins(NewDirectory directory, String name, CountDownLatch ready) {
    try {
      directory.fill(
          unfinished -> {
            Files.writeString(unfinished.resolve(name), name);
            ready.countDown();
            awaitAll(ready);
          });
      return true;
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("name a new folder, such as");
      return false;
    }
  }

  private static void awaitAll(CountDownLatch ready) {
    try {
      ready.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
