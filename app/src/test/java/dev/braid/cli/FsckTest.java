package dev.braid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.stage.FileCheckJob;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.TaskStatistics;
import dev.braid.store.ModelStore;
import dev.braid.store.Staging;
import dev.braid.store.StoreFiles;
import dev.braid.store.StoreLocation;
import dev.braid.store.StoredName;
import dev.braid.store.fsck.Finding;
import dev.braid.store.fsck.Finding.Severity;
import dev.braid.store.fsck.Fsck;
import dev.braid.store.json.Seal;
import dev.braid.store.json.StoreFormatException;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.store.references.ObjectKind;
import dev.braid.store.references.ObjectRef;
import dev.braid.store.references.ReferenceGraph;
import dev.braid.store.references.References;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * Tests that fsck finds a flipped bit in each kind of file of a used store, and what a repair does.
 */
final class FsckTest extends CommandFixture {
  private static final String INPUTS = "a".repeat(64);

  @Test
  void fsck_ofOneFlippedBitInEachKindOfFile_findsItWhileTheRestIsReadable() throws IOException {
    StoreLocation location = learned();
    putStatistics(ModelStore.open(location));
    Path root = folder.resolve("store");
    Staging area = ModelStore.open(location).staging("train-" + INPUTS);
    area.objects().put(new byte[] {1, 2, 3}, "bin");
    StoreFiles.at(location).tombstones().mark(List.of("objects/nothing-that-is-there"));
    area.files().create("rounds/000000001.json", Seal.set("{\"step\":1}".getBytes(UTF_8)));
    SortedMap<String, Runnable> readers = readers(location);
    assertThat(readers).hasSize(ObjectKind.values().length + 6);
    Random random = new Random(7);

    try (SparkSession session = SparkSessions.open("local[2]", Map.of())) {
      Fsck fsck =
          new Fsck(
              location,
              new Fsck.Settings(Duration.ofDays(2), Clock.systemUTC()),
              new FileCheckJob(new JavaSparkContext(session.sparkContext())));
      assertThat(fsck.check((read, all) -> {}).of(Severity.FAULT)).isEmpty();
      for (String file : files(root, readers)) {
        byte[] whole = Files.readAllBytes(root.resolve(file));
        byte[] flipped = whole.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(root.resolve(file), flipped);

        List<Finding> faults = fsck.check((read, all) -> {}).of(Severity.FAULT);

        assertThat(faults).as(file).hasSize(1);
        assertThat(faults.get(0).sentence()).contains(file).doesNotContain("\n");
        readers.forEach((other, reader) -> checkServed(reader, other, file));
        Files.write(root.resolve(file), whole);
      }
      assertThat(fsck.check((read, all) -> {}).of(Severity.FAULT)).isEmpty();
    }
  }

  /** The statistics of no task, and the receipt that names them. */
  private static void putStatistics(ModelStore store) {
    Digest statistics =
        store
            .records()
            .put(new TaskStatistics(1, new long[] {1}, new double[][] {{1}}, new double[] {1}));
    var unused =
        store
            .receipts()
            .record(
                new Receipt(
                    "statistics",
                    Digest.of("inputs"),
                    new TreeMap<>(Map.of(Output.STATISTICS, statistics)),
                    new TreeMap<>()));
  }

  private static void checkServed(Runnable reader, String file, String flipped) {
    if (file.equals(flipped)) {
      assertThatThrownBy(reader::run)
          .isInstanceOfAny(CorruptObjectException.class, StoreFormatException.class)
          .hasMessageContaining(file)
          .hasMessageNotContaining("\n");
    } else {
      reader.run();
    }
  }

  private static List<String> files(Path root, Map<String, Runnable> readers) throws IOException {
    try (Stream<Path> staged = Files.walk(root.resolve("staging/areas"))) {
      return Stream.concat(
              readers.keySet().stream(),
              staged.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()))
          .toList();
    }
  }

  /** A reader for one file of each kind, by file name. */
  private static SortedMap<String, Runnable> readers(StoreLocation location) {
    StoreFiles files = StoreFiles.at(location);
    ModelStore store = ModelStore.open(location);
    SortedMap<String, Runnable> readers = new TreeMap<>();
    readers.put("store.json", () -> assertThat(store.isStillHere()).isTrue());
    readers.put("inbox/000001.json", () -> store.inbox().files());
    readers.put(
        "versions/main/000001.json",
        () -> assertThat(store.versions(LineId.MAIN).find(1)).isPresent());
    readers.put("versions/main/000002.json", () -> store.versions(LineId.MAIN).head());
    ReferenceGraph referenceGraph = new ReferenceGraph(new References(files.objects()));
    referenceGraph.add("store.json", References.of(files.info()));
    files.all().stream()
        .map(file -> file.name())
        .filter(file -> StoredName.of(file) instanceof StoredName.ReceiptFile)
        .forEach(
            file -> referenceGraph.add(file, References.of(files.receipt(file).orElseThrow())));
    files.all().stream()
        .map(file -> StoredName.of(file.name()))
        .filter(
            name ->
                name instanceof StoredName.ReceiptFile receiptFile
                    && receiptFile.stage().equals("train"))
        .map(name -> (StoredName.ReceiptFile) name)
        .limit(1)
        .forEach(
            receiptFile ->
                readers.put(
                    "receipts/train/" + receiptFile.inputs() + ".json",
                    () -> store.receipts().find("train", receiptFile.inputs())));
    files.all().stream()
        .map(file -> file.name())
        .filter(file -> StoredName.of(file) instanceof StoredName.TombstoneFile)
        .forEach(list -> readers.put(list, () -> StoreFiles.at(location).tombstones().all()));
    Map<ObjectKind, ObjectRef> objectRefs = new EnumMap<>(ObjectKind.class);
    referenceGraph.parts().forEach(objectRef -> objectRefs.put(objectRef.kind(), objectRef));
    objectRefs
        .values()
        .forEach(objectRef -> readers.put(objectRef.file(), reader(location, objectRef)));
    return readers;
  }

  private static Runnable reader(StoreLocation location, ObjectRef objectRef) {
    String extension = objectRef.file().substring(objectRef.file().lastIndexOf('.') + 1);
    return () -> StoreFiles.at(location).objects().read(objectRef.digest(), extension);
  }

  @Test
  void repair_ofWhatCanBeRebuilt_letsTheNextRunRebuildIt() throws IOException {
    StoreLocation location = learned();
    Path root = folder.resolve("store");
    String model = braid("status").json().at("/model").textValue();
    assertThat(fsck(0).json().at("/faults")).isEmpty();
    Path delta = root.resolve(shardOfADelta(location));
    flip(delta);
    flip(firstFile(root.resolve("receipts/encode")));
    Path temporary = Files.createDirectories(root.resolve("staging/objects")).resolve("x.parquet");
    Files.write(temporary, new byte[3]);
    Files.setLastModifiedTime(temporary, FileTime.from(Instant.now().minus(Duration.ofDays(3))));

    CommandResult checked = fsck(1);
    assertThat(checked.json().at("/faults")).hasSize(2);
    assertThat(checked.text())
        .contains(
            root.relativize(delta) + ": a shard of a vector: its bytes have the digest",
            "versions 1 to 2 of line main (of colours) cannot be used without it");
    assertThat(temporary).exists();

    CommandResult repaired = fsck(5, "--repair");
    assertThat(repaired.json().at("/left").intValue()).isZero();
    assertThat(temporary).doesNotExist();
    assertThat(delta).doesNotExist();
    assertThat(Path.of(delta + ".corrupt")).exists();

    CommandResult missing = fsck(1);
    assertThat(missing.json().at("/faults")).hasSize(1);
    assertThat(missing.text())
        .contains("a shard of a vector is missing", "a run on a new line creates it again");

    CommandResult again = braid("run", "--master", "local[2]", "--line", "again");
    assertThat(again.code()).as(again.error()).isZero();
    assertThat(again.json().at("/model").textValue()).isEqualTo(model);
    assertThat(delta).exists();
    assertThat(fsck(0).json().at("/faults")).isEmpty();
  }

  private CommandResult fsck(int code, String... options) {
    CommandResult commandResult = braid(with(options, "fsck", "--master", "local[2]"));
    assertThat(commandResult.code())
        .as(commandResult.text() + commandResult.error())
        .isEqualTo(code);
    return commandResult;
  }

  /** A store with two versions of two tasks, created once. */
  private StoreLocation learned() throws IOException {
    Path store = folder.resolve("store");
    Path once = shared.resolve("learned");
    if (Files.notExists(once)) {
      init();
      add("colours");
      add("stripes");
      assertThat(braid("run", "--master", "local[2]").code()).isZero();
      copy(store, once);
    } else {
      copy(once, store);
    }
    return StoreLocation.of(store.toString());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static String shardOfADelta(StoreLocation location) {
    ModelStore store = ModelStore.open(location);
    var head = store.versions(LineId.MAIN).head().orElseThrow();
    var learned = store.records().model(head.model()).tasks().get(0);
    var delta = store.blobs().get(store.records().task(learned.record()).delta());
    return "objects/%1.2s/%1$s.parquet".formatted(delta.shards().get(0).digest());
  }

  private static Path firstFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().findFirst().orElseThrow();
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }
}
