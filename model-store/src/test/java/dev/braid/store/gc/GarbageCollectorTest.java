package dev.braid.store.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.Version;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.object.Tombstones.Tombstone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Garbage collections of models with three files each. */
class GarbageCollectorTest {
  private static final LineId MAIN = LineId.MAIN;
  private static final Duration TWO_DAYS = Duration.ofDays(2);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Retention ALL = new Retention(0, TWO_DAYS, MONTH);
  private static final Retention NEWEST = new Retention(1, TWO_DAYS, MONTH);
  private static final PlannedDeletions NOTHING =
      new PlannedDeletions(List.of(), List.of(), List.of());

  @TempDir Path folder;
  private TinyModels models;
  private ModelStore store;

  @BeforeEach
  void makeStore() throws IOException {
    models = new TinyModels(folder.resolve("store"));
    store = models.store;
  }

  @Test
  void collect_ofAStoreInUse_marksNothing() throws Exception {
    models.commit(models.put("one"));
    models.commit(models.put("two"));
    models.age(TWO_DAYS);

    assertThat(collect(ALL)).isEqualTo(NOTHING);
  }

  @Test
  void collect_ofUnreachableFiles_marksThemWhenOldAndDeletesThemLater() throws Exception {
    models.commit(models.put("used"));
    var unused = models.put("unreachable");

    models.age(TWO_DAYS.minusMinutes(1));
    assertThat(collect(ALL).mark()).as("too young").isEmpty();
    models.age(Duration.ofMinutes(1));
    assertThat(collect(ALL).mark()).hasSize(3);
    assertThat(collect(ALL)).as("marked a moment ago").isEqualTo(NOTHING);
    models.age(TWO_DAYS.minusMinutes(1));
    assertThat(collect(ALL)).as("marked not long ago").isEqualTo(NOTHING);
    assertThat(models.isWhole("unreachable")).isTrue();
    models.age(Duration.ofMinutes(1));
    assertThat(collect(ALL).delete()).hasSize(3);

    assertThat(models.isGone("unreachable")).isTrue();
    assertThat(models.isWhole("used")).isTrue();
    assertThat(collect(ALL)).isEqualTo(NOTHING);
    assertThat(models.files()).noneMatch(file -> file.toString().contains("condemned"));
  }

  @Test
  void plan_changesNothing() throws Exception {
    var unused = models.put("unreachable");
    models.age(TWO_DAYS);
    List<Path> before = models.files();

    assertThat(collector().plan(ALL).mark()).hasSize(3);

    assertThat(models.files()).isEqualTo(before);
  }

  @Test
  void plan_whereTheFileSystemsClockIsBehind_overestimatesNoAge() {
    var unused = models.put("young");
    StoreLocation behind =
        new StoreLocation(
            store.location().root(),
            new TreeMap<>(Map.of(LocalDisk.CLASS, DiskThreeDaysBehind.class.getName())));

    assertThat(new GarbageCollector(behind).plan(ALL)).isEqualTo(NOTHING);
    Retention none = new Retention(0, Duration.ZERO, MONTH);
    assertThat(new GarbageCollector(behind).plan(none).mark()).hasSize(3);
  }

  @Test
  void collect_keepingTheNewest_deletesWhatOnlyOlderVersionsName() throws Exception {
    models.commit(models.put("first"));
    models.commit(models.put("second"));
    models.commit(models.put("first")); // as after a rollback
    models.age(TWO_DAYS);
    collect(NEWEST);
    models.age(TWO_DAYS);
    collect(NEWEST);

    assertThat(store.versions(MAIN).all()).extracting(Version::number).containsExactly(3);
    assertThat(models.isWhole("first")).isTrue();
    assertThat(models.isGone("second")).isTrue();
    assertThat(models.commit(models.put("next")).number()).isEqualTo(4);
  }

  @Test
  void collect_ofReceipts_keepsThoseOfKeptVersionsAndYoungOnes() throws Exception {
    Digest kept = models.put("kept");
    models.commit(kept);
    receipt("merge", kept);
    receipt("merge-other", models.put("merged"));
    models.age(TWO_DAYS);

    assertThat(collect(ALL)).as("the cache is young").isEqualTo(NOTHING);
    models.age(MONTH);
    assertThat(collect(ALL).mark()).as("receipt and three files").hasSize(4);
    models.age(TWO_DAYS);
    collect(ALL);

    assertThat(store.receipts().all("merge")).hasSize(1);
    assertThat(store.receipts().all("merge-other")).isEmpty();
    assertThat(models.isGone("merged")).isTrue();
  }

  @Test
  void receipt_thatIsMarked_countsAsMissingAndIsCreatedAgain() throws Exception {
    Digest merged = models.put("merged");
    receipt("merge", merged);
    models.age(MONTH);
    collect(ALL);
    assertThat(store.receipts().all("merge")).isEmpty();

    assertThat(models.put("merged")).isEqualTo(merged);
    receipt("merge", merged);
    models.age(TWO_DAYS);

    assertThat(store.receipts().all("merge")).hasSize(1);
    assertThat(collect(ALL).delete()).isEmpty();
    assertThat(models.isWhole("merged")).isTrue();
    assertThat(collect(ALL)).as("young again").isEqualTo(NOTHING);
  }

  @Test
  void put_ofAMarkedObject_writesItAgainAndLiftsTheMark() throws Exception {
    Digest model = models.put("needed");
    models.age(TWO_DAYS);
    collect(ALL);
    models.age(TWO_DAYS);

    assertThat(models.put("needed")).isEqualTo(model);

    assertThat(collect(ALL).delete()).isEmpty();
    assertThat(collect(ALL)).as("young again").isEqualTo(NOTHING);
    assertThat(models.files()).noneMatch(file -> file.toString().contains("condemned"));
    models.age(TWO_DAYS);
    assertThat(collect(ALL).mark()).hasSize(3);
  }

  @Test
  void check_ofAMarkedObject_writesItAgainAndLiftsTheMark() throws Exception {
    Digest model = models.put("needed");
    models.age(TWO_DAYS);
    collect(ALL);
    models.age(TWO_DAYS);
    PlannedDeletions planned = collector().plan(ALL);
    assertThat(planned.delete()).hasSize(3);

    models.commit(model);
    assertThat(collector().run(planned)).as("planned before").isZero();

    assertThat(models.isWhole("needed")).isTrue();
    assertThat(collect(ALL)).isEqualTo(NOTHING);
  }

  @Test
  void collect_ofAMarkedObjectThatIsNeededAgain_keepsIt() throws Exception {
    Digest model = models.put("needed");
    models.age(TWO_DAYS);
    collect(ALL);
    models.commitUnchecked(model); // as if it had been checked before it was marked
    models.age(TWO_DAYS);

    assertThat(collect(ALL).delete()).isEmpty();
    assertThat(models.isWhole("needed")).isTrue();
    assertThat(collect(ALL)).isEqualTo(NOTHING);
  }

  @Test
  void check_ofSomethingThatIsBeingDeleted_isAConflict() throws Exception {
    Digest model = models.put("deleted");
    models.age(TWO_DAYS);
    collect(ALL);
    interruptDeletion();

    assertThatThrownBy(() -> models.commit(model))
        .isInstanceOf(CommitConflictException.class)
        .hasMessageStartingWith(
            "Cannot commit version 1 of line main: garbage was collected in between," + " objects/")
        .hasMessageEndingWith(
            " is being deleted; if no gc or purge is running, repeat the interrupted one"
                + " (run again)");
    assertThat(store.versions(MAIN).head()).isEmpty();
  }

  @Test
  void check_ofSomethingThatWasDeleted_isAConflict() throws Exception {
    Digest model = models.put("model");
    for (Path gone : models.files("model")) {
      Files.delete(gone);

      assertThatThrownBy(() -> models.commit(model))
          .isInstanceOf(CommitConflictException.class)
          .hasMessageEndingWith("%s is gone (run again)".formatted(models.root.relativize(gone)));
      assertThat(models.put("model")).isEqualTo(model);
    }
    models.commit(model);
  }

  @Test
  void collect_afterADeletionWasInterrupted_completesIt() throws Exception {
    var unused = models.put("unreachable");
    models.age(TWO_DAYS);
    collect(ALL);
    interruptDeletion();
    assertThat(collect(ALL)).as("another process may be deleting").isEqualTo(NOTHING);
    models.age(TWO_DAYS);

    assertThat(collect(ALL).delete()).hasSize(3);

    assertThat(models.isGone("unreachable")).isTrue();
    models.commit(models.put("unreachable"));
  }

  @Test
  void run_ofAPlanThatAnotherProcessCarriedOut_keepsWhatWasWrittenAgain() throws Exception {
    var unused = models.put("needed");
    models.age(TWO_DAYS);
    collect(ALL);
    interruptDeletion();
    models.age(TWO_DAYS);
    PlannedDeletions late = collector().plan(ALL);
    assertThat(collect(ALL).delete()).hasSize(3);

    unused = models.put("needed");

    assertThat(collector().run(late)).isZero();
    assertThat(models.isWhole("needed")).isTrue();
  }

  @Test
  void purge_whoseFenceCannotBeRaised_leavesEverythingAsItWas() throws Exception {
    Digest model = models.put("young");
    List<Path> before = models.files();
    CommitConflictException lost = new CommitConflictException("another process was faster");

    assertThatThrownBy(
            () ->
                purge(
                    () -> {
                      throw lost;
                    }))
        .isSameAs(lost);

    assertThat(models.files()).isEqualTo(before);
    models.commit(model);
  }

  @Test
  void purge_duringADeletion_leavesItsTombstone() throws Exception {
    Digest model = models.put("used");
    models.age(TWO_DAYS);
    collect(ALL);
    models.commitUnchecked(model); // as if it had been checked before it was marked
    interruptDeletion(); // by a collection that has not deleted it yet
    var unused = models.put("unreachable");

    assertThat(purge(() -> {})).isEqualTo(3);

    assertThat(models.isGone("unreachable")).isTrue();
    assertThat(StoreFiles.at(store.location()).tombstones().all())
        .singleElement()
        .matches(Tombstone::isBegun)
        .satisfies(tombstone -> assertThat(tombstone.files()).hasSize(3));
  }

  private int purge(Purger.Fence fence) throws CommitConflictException {
    return new Purger(store.location()).purge(version -> false, Set.of(), Set.of(), fence);
  }

  /** Leaves the store as a process does that begins to delete and is killed. */
  private void interruptDeletion() throws IOException {
    Path waiting = models.root.resolve("condemned/waiting");
    Path deleting = Files.createDirectories(models.root.resolve("condemned/deleting"));
    try (var lists = Files.newDirectoryStream(waiting)) {
      for (Path list : lists) {
        Files.copy(list, deleting.resolve(list.getFileName()));
      }
    }
  }

  @Test
  void plan_duringADeletion_leavesOutWhatIsDeleted() throws Exception {
    Digest model = models.put("model");
    String vector = models.files("model").get(1).getFileName().toString();
    for (String going : List.of("versions/main/", "receipts/merge/", vector)) {
      model = models.put("model");
      receipt("merge", model);
      models.commit(model);
      StoreLocation beside =
          new StoreLocation(
              store.location().root(),
              new TreeMap<>(
                  Map.of(
                      LocalDisk.CLASS,
                      DiskWithAnotherCollector.class.getName(),
                      DiskWithAnotherCollector.GOING,
                      going)));

      assertThat(new GarbageCollector(beside).plan(ALL)).as(going).isEqualTo(NOTHING);

      assertThat(store.versions(MAIN).head()).as(going).isEmpty();
    }
  }

  @Test
  void plan_onADamagedRecord_stops() throws Exception {
    models.commit(models.put("damaged"));
    Files.writeString(models.files("damaged").get(1), "{}");
    models.age(TWO_DAYS);

    assertThatThrownBy(() -> collector().plan(ALL))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageStartingWith("Cannot tell what the store has no use for, nothing was changed");
  }

  @Test
  void collect_duringWritesOfTheSameObjects_deletesNothingThatWasCommitted() throws Exception {
    Retention eager = new Retention(1, TWO_DAYS, Duration.ZERO);
    GarbageCollector collector =
        new GarbageCollector(
            new StoreLocation(
                store.location().root(),
                new TreeMap<>(Map.of(LocalDisk.CLASS, JumpingDisk.class.getName()))));
    List<Writer> writers = List.of(new Writer(0), new Writer(1));
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    List<Future<Integer>> results = writers.stream().map(threads::submit).toList();
    int deleted = 0;
    for (int round = 0; round < 200 && deleted < 100; round++) {
      deleted += collector.run(collector.plan(eager));
      // no commit lasts as long as min-age
      awaitAnotherAttempt(writers, results);
      JumpingDisk.jump(folder.resolve("clock"), TWO_DAYS);
    }
    writers.forEach(writer -> writer.stop.set(true));
    int committed = 0;
    for (Future<Integer> result : results) {
      committed += result.get();
    }
    threads.shutdown();

    assertThat(deleted).isGreaterThanOrEqualTo(100);
    assertThat(committed).isGreaterThan(writers.size());
  }

  /** Returns when every writer has ended its present attempt and begun another one. */
  private static void awaitAnotherAttempt(List<Writer> writers, List<Future<Integer>> results) {
    List<Integer> begun = writers.stream().map(writer -> writer.begun.get()).toList();
    for (int i = 0; i < writers.size(); i++) {
      while (writers.get(i).begun.get() == begun.get(i).intValue() && !results.get(i).isDone()) {
        Thread.onSpinWait();
      }
    }
  }

  /** Commits one of a few models again and again, and returns how often. */
  private final class Writer implements Callable<Integer> {
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Random random;

    Writer(int seed) {
      this.random = new Random(seed);
    }

    @Override
    public Integer call() {
      int committed = 0;
      while (!stop.get()) {
        begun.incrementAndGet();
        committed += isCommitted("model " + random.nextInt(30)) ? 1 : 0;
      }
      return committed;
    }
  }

  /** Whether no other process was faster; while it is the head, all its files must exist. */
  private boolean isCommitted(String name) {
    try {
      Version mine = models.commit(models.put(name));
      boolean isWhole = models.isWhole(name);
      boolean isHead = store.versions(MAIN).head().orElseThrow().number() == mine.number();
      assertThat(isWhole || !isHead).as(name).isTrue();
      return true;
    } catch (CommitConflictException again) {
      return false;
    }
  }

  private GarbageCollector collector() {
    return new GarbageCollector(store.location());
  }

  private PlannedDeletions collect(Retention retention) {
    PlannedDeletions plannedDeletions = collector().plan(retention);
    assertThat(collector().run(plannedDeletions)).isEqualTo(plannedDeletions.delete().size());
    return new PlannedDeletions(plannedDeletions.mark(), plannedDeletions.delete(), List.of());
  }

  private void receipt(String stage, Digest output) {
    var unused =
        store
            .receipts()
            .record(
                new Receipt(
                    stage,
                    Digest.of("inputs of " + stage),
                    new TreeMap<>(Map.of(Output.MODEL, output)),
                    new TreeMap<>()));
  }
}
