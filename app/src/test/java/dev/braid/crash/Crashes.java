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

/** One undisturbed run of which every change to the disk is known, and what crashes leave of it. */
final class Crashes {
  /*
   * The run is watched once. A crash is then made by doing its first so many operations again, in
   * memory, and writing down what a machine that stopped there may find: no process need be killed,
   * and the same crash can be looked at twice. A read changes nothing, so a crash beside a read is
   * the one after the last change; a crash before a change is the one after the change before it.
   */
  private static final String MANIFESTS = "versions/main";

  private final Path folder;
  private final SmallestRun run;
  private final List<Op> ops;
  private final Digest model;

  /**
   * A crash.
   *
   * @param done the number of operations that were done
   */
  record Point(int done, Stop stop) {}

  private Crashes(Path folder, SmallestRun run, List<Op> ops, Digest model) {
    this.folder = folder;
    this.run = run;
    this.ops = ops;
    this.model = model;
  }

  /** The crashes of the run that was watched in this folder; it is watched now if none was. */
  static Crashes in(Path folder, JavaSparkContext spark) throws Exception {
    Path pictures = folder.resolve("pictures");
    SmallestRun run = new SmallestRun(pictures, spark);
    Path watched = folder.resolve("watched");
    if (!Files.exists(watched)) {
      SmallestRun.draw(pictures);
      Path before = folder.resolve("before");
      SmallestRun.makeStore(folder.resolve("base"), StoreLocation.of(before.toString()));
      Path after = folder.resolve("after");
      RememberedDisk.write(RememberedDisk.of(before).after(Stop.KILLED, 0), after);
      watch(run, after, watched);
    }
    List<Op> ops = Files.readAllLines(watched).stream().map(Op::parse).toList();
    Version head = head(StoreLocation.of(folder.resolve("after").toString()));
    assertThat(head.number()).isEqualTo(2);
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

  /** All crashes that leave something else than every one before them. */
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

  /** Fails unless all that was published is there after the crash, and a run ends as it should. */
  void check(Point point) throws Exception {
    // A path that this process has not seen: a process that begins has no store open.
    Path store = Files.createTempDirectory(folder, "crashed").resolve("store");
    RememberedDisk disk = RememberedDisk.of(folder.resolve("before"));
    ops.subList(0, point.done()).forEach(disk::apply);
    SortedMap<String, byte @Nullable []> found = disk.after(point.stop(), point.done());
    RememberedDisk.write(found, store);
    StoreLocation location = StoreLocation.of(store.toString());
    try {
      assertThat(whole(location)).isBetween(published(point), begun(point));

      Outcome outcome = run.run(location);

      assertThat(outcome.failed()).isEmpty();
      assertThat(whole(location)).isEqualTo(SmallestRun.TASKS.size());
      assertThat(head(location).model()).isEqualTo(model);
      assertThat(head(location).taken()).extracting(InboxEntry::task).isEqualTo(SmallestRun.TASKS);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("After %s, in %s: %s".formatted(point, store, e.getMessage()), e);
    }
    delete(store.getParent());
  }

  /** The number of versions, all of which can be read to the last byte. */
  static int whole(StoreLocation location) throws IOException {
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

  /** The number of versions whose commit had returned: none of them may be missing. */
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

  /** The number of versions that there may be. */
  private int begun(Point point) {
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
