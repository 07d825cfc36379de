package dev.braid.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.crash.RememberedDisk.Stop;
import dev.braid.driver.history.Purge;
import dev.braid.driver.history.Removal;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.Line;
import dev.braid.driver.merging.Residue;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.LocalDisk;
import dev.braid.store.gc.GarbageCollector;
import dev.braid.store.gc.Retention;
import dev.braid.store.object.HadoopObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a deletion interrupted by a crash is completed by the same command. */
final class DeletionCrashTest {
  private static final int FEW = 10;
  private static final TaskId REMOVED = SmallestRun.TASKS.get(1);
  private static final Author AUTHOR =
      Author.ofThisProcess(Digest.of("settings".getBytes(UTF_8)), Optional.empty());
  private static final Retention NEWEST = new Retention(1, Duration.ZERO, Duration.ZERO);

  @TempDir static Path shared;
  private static Digest model;

  @TempDir Path folder;

  /** An operation on a store. */
  @FunctionalInterface
  private interface Operation {
    void applyTo(StoreLocation store) throws Exception;
  }

  /** Creates a line that learned two tasks, of which the second is removed. */
  @BeforeAll
  static void createStore() throws Exception {
    SmallestRun.draw(shared.resolve("pictures"));
    StoreLocation location = StoreLocation.of(shared.resolve("store").toString());
    SmallestRun.createStore(shared.resolve("base"), location);
    try (JavaSparkContext spark =
        new JavaSparkContext(SparkSessions.open("local[2]", Map.of()).sparkContext())) {
      assertThat(new SmallestRun(shared.resolve("pictures"), spark).run(location).decisions())
          .hasSize(2);
    }
    ModelStore store = ModelStore.open(location);
    FixedLineSettings settings =
        FixedLineSettings.of(store.records().model(Crashes.head(location).model()));
    Removal removal =
        new Removal(
            store,
            new Line(store, LineId.MAIN, settings),
            (ignoredModel, records) -> {
              throw new AssertionError("the model before it is taken");
            },
            answering -> answering,
            () -> Author.at(Clock.systemUTC()));
    model = removal.run(REMOVED, Residue.REFUSED).orElseThrow().model();
  }

  @Test
  void gc_afterACrashAnywhere_endsInTheSameFiles() throws Exception {
    check(
        store -> {
          for (int step = 0; step < 2; step++) { // marks for deletion, then deletes
            GarbageCollector garbageCollector = new GarbageCollector(store);
            garbageCollector.run(garbageCollector.plan(NEWEST));
          }
        });
  }

  @Test
  void purge_afterACrashAnywhere_leavesNothingOfTheTask() throws Exception {
    SortedSet<String> remaining =
        check(store -> new Purge(ModelStore.open(store), 1, AUTHOR).run(REMOVED));

    assertThat(remaining).noneMatch(file -> file.startsWith("receipts/evaluate"));
  }

  @Test
  void purge_whoseProvenanceNoVersionNames_recordsIt() throws Exception {
    ModelStore store = copy("orphan");
    Digest publication = store.records().put(AUTHOR.publication().orElseThrow());

    assertThat(new Purge(store, 1, AUTHOR).run(REMOVED)).isPositive();

    assertThat(Crashes.head(store.location()).provenance()).hasValue(publication);
    assertThat(store.records().publication(publication)).isEqualTo(AUTHOR.publication().get());
  }

  @Test
  void purge_whoseProvenanceAnotherDeletionMayDelete_isCompletedWithoutIt() throws Exception {
    ModelStore store = copy("deleting");
    Digest publication = store.records().put(AUTHOR.publication().orElseThrow());
    var interrupted =
        StoreFiles.at(store.location())
            .tombstones()
            .markForImmediateDeletion(Set.of(HadoopObjects.name(publication, "json")));
    assertThat(interrupted.isBegun()).isTrue();

    assertThat(new Purge(store, 1, AUTHOR).run(REMOVED)).isPositive();

    assertThat(Crashes.head(store.location()).action()).isEqualTo("purge " + REMOVED);
    assertThat(Crashes.head(store.location()).provenance()).isEmpty();
  }

  private ModelStore copy(String name) throws IOException {
    Path copy = folder.resolve(name);
    RememberedDisk.write(RememberedDisk.of(shared.resolve("store")).after(Stop.KILLED, 0), copy);
    return ModelStore.open(StoreLocation.of(copy.toString()));
  }

  /**
   * Checks that the same objects and receipts remain after every crash and repetition, and returns
   * them.
   */
  private SortedSet<String> check(Operation operation) throws Exception {
    RememberedDisk before = RememberedDisk.of(shared.resolve("store"));
    Path undisturbed = folder.resolve("undisturbed");
    RememberedDisk.write(before.after(Stop.KILLED, 0), undisturbed);
    WatchedDisk.take(undisturbed);
    operation.applyTo(
        new StoreLocation(
            undisturbed.toString(),
            new TreeMap<>(Map.of(LocalDisk.CLASS, WatchedDisk.class.getName()))));
    List<Op> ops = WatchedDisk.take(undisturbed);
    SortedSet<String> remaining = remaining(undisturbed);
    assertThat(remaining).isNotEqualTo(remaining(shared.resolve("store")));
    for (int point = 0; point < FEW; point++) {
      int done = (int) ((long) point * ops.size() / (FEW - 1));
      for (Stop stop : Stop.values()) {
        Path crashed = folder.resolve("crashed-%s-%s".formatted(done, stop));
        RememberedDisk disk = RememberedDisk.of(shared.resolve("store"));
        ops.subList(0, done).forEach(disk::apply);
        RememberedDisk.write(disk.after(stop, done), crashed);
        StoreLocation location = StoreLocation.of(crashed.toString());
        assertThat(Crashes.readableVersions(location)).as("after %s", done).isPositive();

        operation.applyTo(location);

        assertThat(Crashes.readableVersions(location)).isPositive();
        assertThat(Crashes.head(location).model()).isEqualTo(model);
        assertThat(remaining(crashed)).as("after %s, %s", done, stop).isEqualTo(remaining);
        Crashes.delete(crashed);
      }
    }
    return remaining;
  }

  private static SortedSet<String> remaining(Path store) throws IOException {
    SortedSet<String> remaining = new TreeSet<>();
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = store.relativize(file).toString();
        if (name.startsWith("objects") || name.startsWith("receipts")) {
          remaining.add(name);
        }
      }
    }
    return remaining;
  }
}
