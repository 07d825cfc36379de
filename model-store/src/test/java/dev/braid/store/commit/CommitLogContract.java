package dev.braid.store.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every commit log promises. */
abstract class CommitLogContract {
  private static final int ROUNDS = 40;
  private static final int THREADS = 4;

  /** A log without files. */
  abstract CommitLog log();

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void create_freeName_isThere() {
    CommitLog log = log();

    assertThat(log.create("a/b/1.json", bytes("one"))).isTrue();
    assertThat(log.read("a/b/1.json")).hasValue(bytes("one"));
    assertThat(log.names("a/b")).containsExactly("1.json");
  }

  @Test
  void create_takenName_changesNothing() {
    CommitLog log = log();
    log.create("a/1", bytes("first"));

    assertThat(log.create("a/1", bytes("second"))).isFalse();
    assertThat(log.read("a/1")).hasValue(bytes("first"));
  }

  @Test
  void read_nothing_isEmpty() {
    assertThat(log().read("a/1")).isEmpty();
    assertThat(log().names("a")).isEmpty();
  }

  @Test
  void names_areSorted() {
    CommitLog log = log();
    for (String name : List.of("a/3", "a/1", "a/2")) {
      log.create(name, bytes(name));
    }

    assertThat(log.names("a")).containsExactly("1", "2", "3");
  }

  @Test
  void create_racedByThreads_hasOneWinnerWhoseContentStays() throws Exception {
    CommitLog log = log();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String name = "race/" + round;
        List<Callable<Boolean>> contenders = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          byte[] content = bytes("thread " + thread);
          contenders.add(
              () -> {
                start.await();
                return log.create(name, content);
              });
        }
        List<Integer> winners = new ArrayList<>();
        List<Future<Boolean>> results = threads.invokeAll(contenders);
        for (int thread = 0; thread < THREADS; thread++) {
          if (results.get(thread).get()) {
            winners.add(thread);
          }
        }
        assertThat(winners).hasSize(1);
        assertThat(log.read(name)).hasValue(bytes("thread " + winners.get(0)));
      }
    } finally {
      threads.shutdown();
    }
  }
}
