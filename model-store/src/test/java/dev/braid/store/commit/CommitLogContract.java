package dev.braid.store.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.TinyBase;
import dev.braid.store.file.Folder;
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
  private static final int THREADS = 4;

  /** The long form of the races, for -Dbraid.races=full. */
  private static final boolean IS_FULL = "full".equals(System.getProperty("braid.races"));

  private static final int ROUNDS = IS_FULL ? 100 : 15;
  private static final int TIMES = IS_FULL ? 5 : 1;
  private static final int RACERS = IS_FULL ? 8 : 2;
  private static final int COMMITS = IS_FULL ? 50 : 8;

  /** A folder without files, another one at every call. */
  abstract StoreLocation location();

  CommitLog log() {
    StoreLocation location = location();
    return CommitLogs.in(Folder.of(location.root(), location.options()));
  }

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

  @Test
  void commit_racedByThreads_makesAStraightLine() throws Exception {
    for (int time = 0; time < TIMES; time++) {
      StoreLocation store = TinyBase.createStore(location()).location();
      CyclicBarrier start = new CyclicBarrier(RACERS);
      ExecutorService threads = Executors.newFixedThreadPool(RACERS);
      List<Future<Integer>> races = new ArrayList<>();
      for (int racer = 0; racer < RACERS; racer++) {
        Racer contender = new Racer(store, "racer " + racer);
        races.add(
            threads.submit(
                () -> {
                  start.await();
                  return contender.race(COMMITS);
                }));
      }
      int lost = 0;
      for (Future<Integer> race : races) {
        lost += race.get();
      }
      threads.shutdown();
      checkStraightLine(store, "threads", lost);
    }
  }

  @Test
  void commit_racedByProcesses_makesAStraightLine() throws Exception {
    for (int time = 0; time < TIMES; time++) {
      StoreLocation store = TinyBase.createStore(location()).location();
      List<Process> racers = new ArrayList<>();
      for (int racer = 0; racer < RACERS; racer++) {
        racers.add(Racer.start(store, "racer " + racer, COMMITS));
      }
      for (Process racer : racers) {
        assertThat(racer.inputReader(UTF_8).readLine()).isEqualTo("ready");
      }
      for (Process racer : racers) {
        racer.getOutputStream().write('\n');
        racer.getOutputStream().flush();
      }
      int lost = 0;
      for (Process racer : racers) {
        lost += Integer.parseInt(racer.inputReader(UTF_8).readLine());
        assertThat(racer.waitFor()).isZero();
      }
      checkStraightLine(store, "processes", lost);
    }
  }

  /** The versions are exactly the commits that were reported to a racer as successful. */
  private static void checkStraightLine(StoreLocation location, String kind, int lost) {
    List<Version> line = ModelStore.open(location).versions(LineId.MAIN).all();
    List<String> expected = new ArrayList<>();
    for (int racer = 0; racer < RACERS; racer++) {
      for (int i = 0; i < COMMITS; i++) {
        expected.add(Racer.action("racer " + racer, i));
      }
    }
    assertThat(line).extracting(Version::action).containsExactlyInAnyOrderElementsOf(expected);
    for (int i = 0; i < line.size(); i++) {
      assertThat(line.get(i).number()).isEqualTo(i + 1);
      assertThat(line.get(i).parent().orElse(0)).isEqualTo(i);
    }
    System.out.printf(
        "%s: %s versions by %s %s in a straight line, %s commits lost%n",
        location.root(), line.size(), RACERS, kind, lost);
  }
}
