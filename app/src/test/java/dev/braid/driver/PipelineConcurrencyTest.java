package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.Pipeline.Outcome;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.model.Weights;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.StoreFiles;
import dev.braid.store.gc.GarbageCollector;
import dev.braid.store.gc.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs on a line that others change at the same time. */
final class PipelineConcurrencyTest extends PipelineFixture {
  @Test
  void run_whileAnotherRunDecides_leavesItsDecisions() {
    // Colours are decided first, so that the outer run waits for them.
    ProgressListener interrupted =
        when("colours: .* train, .*", () -> assertThat(learned(run())).isEqualTo(TASKS));

    assertThat(run(interrupted)).isEqualTo(Outcome.NOTHING);

    Version head = head();
    assertThat(head.number()).isEqualTo(2);
    assertThat(head.taken()).extracting(InboxEntry::task).isEqualTo(TASKS);
    assertThat(head.setAside()).isEmpty();
  }

  @Test
  void run_whenAnotherRunCommitsFirst_leavesItsDecisions() {
    ProgressListener interrupted =
        when(
            ".* of the validation pictures right.*",
            () -> assertThat(run().decisions()).hasSize(2));

    assertThat(run(interrupted)).isEqualTo(Outcome.NOTHING);

    assertThat(head().number()).isEqualTo(2);
    assertThat(head().taken()).extracting(InboxEntry::task).isEqualTo(TASKS);
  }

  @Test
  void run_concurrentWithOthers_endsInTheModelOfOneRun() throws Exception {
    int runs = 3;
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    CyclicBarrier start = new CyclicBarrier(runs);
    List<Future<Integer>> racing = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      racing.add(
          threads.submit(
              () -> {
                start.await();
                Outcome outcome = run(ProgressListener.SILENT);
                assertThat(outcome.failed()).isEmpty();
                return outcome.decisions().size();
              }));
    }
    int decisions = 0;
    for (Future<Integer> run : racing) {
      decisions += run.get();
    }
    threads.shutdown();
    assertThat(decisions).isEqualTo(2); // each task by one run, and reported by it

    Version raced = head();
    assertThat(raced.number()).isEqualTo(2);
    assertThat(raced.taken()).extracting(InboxEntry::task).isEqualTo(TASKS);
    store = createStore("undisturbed");
    location = store.location();
    run();
    assertThat(raced.model()).isEqualTo(head().model());
  }

  @Test
  void run_whileItsTaskIsRemoved_leavesItAlone() {
    ProgressListener interrupted = when("colours: .* train, .*", () -> remove(TASKS.get(1)));

    assertThat(learned(run(interrupted))).containsExactly(TASKS.get(0));

    assertThat(head().taken()).extracting(InboxEntry::task).containsExactly(TASKS.get(0));
    assertThat(head().setAside()).extracting(SetAside::task).containsExactly(TASKS.get(1));
    assertThat(run()).isEqualTo(Outcome.NOTHING);
  }

  @Test
  void run_whileAnEarlierTaskIsRemoved_decidesAgainWithoutIt() {
    ProgressListener interrupted =
        when("stripes: .* of the validation pictures right.*", () -> remove(TASKS.get(0)));

    Outcome outcome = run(interrupted);

    assertThat(learned(outcome)).isEqualTo(TASKS);
    assertThat(outcome.decisions())
        .extracting(decision -> decision.version().number())
        .containsExactly(1, 3); // the removal is version 2
    assertThat(outcome.conflict()).isEmpty();

    assertThat(head().taken()).extracting(InboxEntry::task).containsExactly(TASKS.get(1));
    assertThat(store.records().model(head().model()).tasks().get(0).step()).isEqualTo(1);
  }

  @Test
  void run_overtakenInEveryAttempt_reportsWhatItPublishedAndTheConflict() {
    List<TaskId> others =
        IntStream.range(0, Pipeline.MAX_ATTEMPTS)
            .mapToObj(number -> new TaskId("other-" + number))
            .toList();
    Deque<TaskId> toRemove = new ArrayDeque<>(others);
    ProgressListener overtaking =
        each(
            "stripes: .* of the validation pictures right.*",
            () -> {
              store.inbox().add("", toRemove.element());
              remove(toRemove.remove());
            });

    Outcome outcome = run(overtaking);

    assertThat(learned(outcome)).containsExactly(TASKS.get(0));
    assertThat(outcome.failed()).isEmpty();
    assertThat(outcome.conflict())
        .hasValueSatisfying(
            conflict -> {
              assertThat(conflict.file().task()).isEqualTo(TASKS.get(1));
              assertThat(conflict.cause()).hasMessageContaining("another process committed first");
            });
    assertThat(head().setAside()).extracting(SetAside::task).isEqualTo(others);
    assertThat(learned(run())).containsExactly(TASKS.get(1));
  }

  @Test
  void run_thatNeedsWhatIsBeingDeleted_saysSo() throws Exception {
    List<String> said = new ArrayList<>();
    ProgressListener deleting =
        new ProgressListener() {
          @Override
          public void say(String line) {
            said.add(line);
            if (line.matches("stripes: .* of the validation pictures right.*")) {
              var unused =
                  StoreFiles.at(location)
                      .tombstones()
                      .markForImmediateDeletion(objects(folder.resolve("store")));
            }
          }

          @Override
          public void training(String label, int step, int steps, float loss) {}
        };

    Outcome outcome = run(deleting);

    assertThat(learned(outcome)).containsExactly(TASKS.get(0));
    assertThat(outcome.conflict())
        .hasValueSatisfying(
            conflict ->
                assertThat(conflict.cause())
                    .hasMessageContaining("garbage was collected in between")
                    .hasMessageContaining("repeat the interrupted one"));
    assertThat(said)
        .anyMatch(line -> line.startsWith("stripes: deciding again after a conflict: "))
        .noneMatch(line -> line.contains("published first"));
  }

  private static Set<String> objects(Path root) {
    try (Stream<Path> files = Files.walk(root.resolve("objects"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void run_whileAllUnpublishedIsCollected_endsInTheSameModelThoughRunAgain() throws Exception {
    Retention nothing = new Retention(0, Duration.ZERO, Duration.ZERO);
    Runnable collect =
        () -> {
          for (int step = 0; step < 2; step++) { // marks for deletion, then deletes
            GarbageCollector garbageCollector = new GarbageCollector(location);
            garbageCollector.run(garbageCollector.plan(nothing));
          }
        };
    for (String moment :
        List.of("stripes: .* train, .*", "stripes: .* of the validation pictures right.*")) {
      assertThat(run(when(moment, collect)).conflict()).isEmpty();
      for (Version version : store.versions(LineId.MAIN).all()) {
        ModelRecord model = store.records().model(version.model());
        model.tasks().forEach(task -> readAll(store.weights().expert(model, task.task())));
      }
    }
    run();
    Version collected = head();

    assertThat(collected.taken()).extracting(InboxEntry::task).isEqualTo(TASKS);
    store = createStore("undisturbed");
    location = store.location();
    run();
    assertThat(collected.model()).isEqualTo(head().model());
  }

  private static void readAll(Weights weights) {
    try {
      weights.forEach(tensor -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
