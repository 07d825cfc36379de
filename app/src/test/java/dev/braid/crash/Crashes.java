package dev.braid.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.crash.RememberedDisk.Stop;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * One undisturbed run with a record of every change to the disk, and the crashes derived from it.
 */
final class Crashes {
  /*
   * The run is recorded once. A crash is then simulated by replaying the first operations in memory
   * and writing what a machine that stops there may leave: no process needs to be killed, and a
   * crash can be repeated. A read changes nothing, so a crash during a read equals the one after
   * the last change; a crash before a change equals the one after the previous change.
   */
  private static final String MANIFESTS = "versions/main";

  private final Path folder;
  private final SmallestRun run;
  private final List<Op> ops;
  private final Digest model;

  /**
   * A crash.
   *
   * @param done the number of completed operations
   */
  record Point(int done, Stop stop) {}

  private Crashes(Path folder, SmallestRun run, List<Op> ops, Digest model) {
    this.folder = folder;
    this.run = run;
    this.ops = ops;
    this.model = model;
  }

  /** The crashes of the run recorded in this folder; records one if there is none. */
  static Crashes in(Path folder, JavaSparkContext spark) throws Exception {
    Path pictures = folder.resolve("pictures");
    SmallestRun run = new SmallestRun(pictures, spark);
    Path watched = folder.resolve("watched");
    if (!Files.exists(watched)) {
      SmallestRun.draw(pictures);
      Path before = folder.resolve("before");
      SmallestRun.createStore(folder.resolve("base"), StoreLocation.of(before.toString()));
      Path after = folder.resolve("after");
      RememberedDisk.write(RememberedDisk.of(before).after(Stop.KILLED, 0), after);
      watch(run, after, watched);
    }
    List<Op> ops = Files.readAllLines(watched).stream().map(Op::parse).toList();
    Version head = head(StoreLocation.of(folder.resolve("after").toString()));
    assertThat(head.number()).isEqualTo(2);
    for (String stage : List.of("ingest", "train", "encode", "statistics", "merge", "evaluate")) {
      assertThat(ops).as(stage).anyMatch(op -> op.detail().startsWith("receipts/" + stage));
    }
    return new Crashes(folder, run, ops, head.model());
  }

  private static void watch(SmallestRun run, Path store, Path watched) throws Exception {
    WatchedDisk.take(store);
    Outcome outcome =
        run.run(
            new StoreLocation(
                store.toString(),
                new TreeMap<>(Map.of(LocalDisk.CLASS, WatchedDisk.class.getName()))));
    assertThat(outcome.failed()).isEmpty();
    List<Op> ops = WatchedDisk.take(store);
    Path unfinished = watched.resolveSibling("watched.unfinished");
    Files.write(unfinished, ops.stream().map(Op::line).toList());
    Files.move(unfinished, watched);
  }

  /** All crashes with different results. */
  List<Point> points() throws IOException {
    List<Point> points = new ArrayList<>();
    Set<Digest> seen = new HashSet<>();
    RememberedDisk disk = RememberedDisk.of(folder.resolve("before"));
    for (int done = 0; done <= ops.size(); done++) {
      if (done > 0) {
        disk.apply(ops.get(done - 1));
      }
      for (Stop stop : Stop.values()) {
        if (seen.add(RememberedDisk.digest(disk.after(stop, done)))) {
          points.add(new Point(done, stop));
        }
      }
    }
    return points;
  }

  /**
   * Fails unless all published versions survive the crash and another run ends with the expected
   * model.
   */
  void check(Point point) throws Exception {
    // A new path, because a new process has no open store either.
    Path store = Files.createTempDirectory(folder, "crashed").resolve("store");
    RememberedDisk disk = RememberedDisk.of(folder.resolve("before"));
    ops.subList(0, point.done()).forEach(disk::apply);
    SortedMap<String, byte @Nullable []> content = disk.after(point.stop(), point.done());
    RememberedDisk.write(content, store);
    StoreLocation location = StoreLocation.of(store.toString());
    try {
      assertThat(readableVersions(location)).isBetween(published(point), started(point));

      Outcome outcome = run.run(location);

      assertThat(outcome.failed()).isEmpty();
      assertThat(readableVersions(location)).isEqualTo(SmallestRun.TASKS.size());
      assertThat(head(location).model()).isEqualTo(model);
      assertThat(head(location).taken()).extracting(InboxEntry::task).isEqualTo(SmallestRun.TASKS);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("After %s, in %s: %s".formatted(point, store, e.getMessage()), e);
    }
    delete(store.getParent());
  }

  /** The number of versions, after reading all of them to the last byte. */
  static int readableVersions(StoreLocation location) throws IOException {
    ModelStore store = ModelStore.open(location);
    List<Version> versions = store.versions(LineId.MAIN).all();
    for (Version version : versions) {
      ModelRecord record = store.records().model(version.model());
      for (ModelRecord.Learned learned : record.tasks()) {
        store.weights().expert(record, learned.task()).forEach(tensor -> {});
      }
    }
    return versions.size();
  }

  /** The number of versions whose commit returned: none of them may be missing. */
  private int published(Point point) {
    int linked = 0;
    int forced = 0;
    for (Op op : ops.subList(0, point.done())) {
      if (isCommit(op)) {
        linked++;
      } else if (op.equals(Op.of(Op.Kind.FORCE, MANIFESTS))) {
        forced = linked;
      }
    }
    return forced;
  }

  /** The number of versions that may exist: those whose commit at least started. */
  private int started(Point point) {
    return (int) ops.subList(0, point.done()).stream().filter(Crashes::isCommit).count();
  }

  private static boolean isCommit(Op op) {
    return op.kind() == Op.Kind.LINK && op.detail().startsWith(MANIFESTS);
  }

  static Version head(StoreLocation location) {
    return ModelStore.open(location).versions(LineId.MAIN).head().orElseThrow();
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
