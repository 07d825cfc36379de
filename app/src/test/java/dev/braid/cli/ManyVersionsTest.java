package dev.braid.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.merging.HastyDisk;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Output;
import dev.braid.model.record.Prototypes;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.TaskRecord;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Times commands on a line of many versions, each with all files of a task but short vectors.
 *
 * <p>{@code -Dbraid.versions=200} makes it as long as a team's line after half a year and prints
 * the seconds of the commands; {@code -Djava.io.tmpdir} chooses the disk.
 */
class ManyVersionsTest {
  private static final int VERSIONS = Integer.getInteger("braid.versions", 12);
  private static final int KEPT = 10;
  private static final ShardCut CUT = new ShardCut(64, 64);
  private static final int SHARDS = 9; // as ViT-B/16 has 36 of the usual length, a small one 9
  private static final TensorSpec TENSOR = TensorSpec.of("a", (long) SHARDS * CUT.shardLength());

  @TempDir Path folder;

  @Test
  void commands_onALineOfManyVersions_takeAMoment() throws Exception {
    Random random = new Random(1);
    Path root = folder.resolve("store");
    ModelStore store =
        ModelStore.create(
            new StoreLocation(
                root.toString(), new TreeMap<>(Map.of(LocalDisk.CLASS, HastyDisk.class.getName()))),
            new Base(),
            Map.of(),
            CUT,
            Map.of());
    List<InboxEntry> taken = new ArrayList<>();
    ModelRecord model = new Line(store).begin();
    for (int number = 1; number <= VERSIONS; number++) {
      model = new Line(store).learn(model, number, taken, random);
    }
    System.out.printf("%d versions, %d files%n", VERSIONS, age(root));

    var unused = time("log", "--line", "none"); // starts up
    assertThat(time("log").json().at("/versions")).hasSize(VERSIONS);
    assertThat(time("status").text()).contains("Learned   task-1, ");
    String[] gc = {"gc", "--keep", "" + KEPT, "--conf", "gc.cache-age=0s", "--apply"};
    int marked = time(gc).json().at("/condemned").size();
    System.out.printf("%d files marked for deletion, of %d%n", marked, age(root));
    CommandResult deleted = time(gc);

    assertThat(marked).isGreaterThan((VERSIONS - KEPT) * 2 * SHARDS); // u and last flips
    assertThat(deleted.json().at("/deleted-files").intValue()).isEqualTo(marked);
    assertThat(time("log").json().at("/versions")).hasSize(KEPT);
    assertThat(time("gc", "--keep", "" + KEPT).json().at("/condemned")).isEmpty();
  }

  private CommandResult time(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--store", folder.resolve("store").toString(), "--json"));
    long start = System.nanoTime();
    CommandResult commandResult = CommandResult.of(arguments);
    System.out.printf("%s: %.2f s%n", String.join(" ", command), (System.nanoTime() - start) / 1e9);
    assertThat(commandResult.code()).as(commandResult.error()).isZero();
    return commandResult;
  }

  /** Makes all files three days older and counts them. */
  private static int age(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      List<Path> files = walk.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
      }
      return files.size();
    }
  }

  /** Writes the files of a run for each task, with random bytes. */
  private record Line(ModelStore store) {
    ModelRecord begin() {
      return new ModelRecord(
          new ParameterSpace(store.baseDigest(), new ParameterKind.Full(), List.of(TENSOR)),
          "condu",
          MergeState.DECOUPLED,
          RescalerKind.GLOBAL,
          new TreeMap<>(),
          List.of());
    }

    ModelRecord learn(ModelRecord before, int number, List<InboxEntry> taken, Random random)
        throws Exception {
      InboxFile file = store.inbox().add("made up", new TaskId("task-" + number));
      taken.add(new InboxEntry(number, file.task(), file.digest()));
      Digest dataset = dataset(random);
      Digest delta = vector(before.space(), random);
      Digest prototypes =
          store.records().put(new Prototypes(file.task(), List.of("a", "b"), 1, new float[2]));
      TaskRecord task =
          new TaskRecord(
              file.task(),
              List.of("a", "b"),
              List.of("a {c}"),
              dataset,
              delta,
              new TreeMap<>(Map.of(TaskRecord.BIRTH, vector(before.space(), random))),
              List.of(1.0),
              prototypes,
              new TreeMap<>(),
              1);
      Digest record = store.records().put(task);
      List<Learned> tasks = new ArrayList<>(before.tasks());
      tasks.add(new Learned(file.task(), record, number, List.of(1f)));
      ModelRecord after =
          new ModelRecord(
              before.space(),
              before.strategy(),
              before.mergeState(),
              before.rescalerKind(),
              new TreeMap<>(
                  Map.of(
                      ModelRecord.UNIFIED,
                      vector(before.space(), random),
                      ModelRecord.LAST_FLIP,
                      vector(before.space(), random))),
              tasks);
      Digest model = store.records().put(after);
      receipt("ingest", number, Map.of(Output.DATASET, dataset));
      receipt("train", number, Map.of(Output.DELTA, delta));
      receipt("prototypes", number, Map.of(Output.PROTOTYPES, prototypes));
      receipt("merge", number, Map.of(Output.TASK, record, Output.MODEL, model));
      receipt("evaluate", number, Map.of(Output.SCORE, json("{\"n\":%d}".formatted(number))));
      var unused =
          store
              .versions(LineId.MAIN)
              .commit(
                  new Version(
                      LineId.MAIN,
                      number,
                      number == 1 ? OptionalInt.empty() : OptionalInt.of(number - 1),
                      Instant.EPOCH,
                      "learn " + file.task(),
                      model,
                      taken,
                      List.of(),
                      Optional.of(json("{\"figures\":%d}".formatted(number))),
                      Optional.empty()));
      return after;
    }

    private void receipt(String stage, int number, Map<Output, Digest> outputs) {
      var unused =
          store
              .receipts()
              .record(
                  new Receipt(
                      stage, Digest.of(stage + number), new TreeMap<>(outputs), new TreeMap<>()));
    }

    private Digest json(String text) {
      return store.objects().put(text.getBytes(UTF_8), "json");
    }

    private Digest dataset(Random random) {
      byte[] pictures = new byte[100];
      random.nextBytes(pictures);
      return json(
          """
          {"class-names":["a","b"],"content":"%1$s","files":[{"bytes":100,"digest":"%1$s"}],\
          "rows":{"test":1,"train":1,"validation":0},"rows-per-file":512}"""
              .formatted(store.objects().put(pictures, "parquet")));
    }

    private Digest vector(ParameterSpace space, Random random) {
      float[] values = new float[(int) TENSOR.size()];
      for (int j = 0; j < values.length; j++) {
        values[j] = random.nextFloat();
      }
      Blob blob = store.blobs().writeFloats(space.digest(), CUT, values);
      return store.blobs().put(blob);
    }
  }

  private static final class Base implements Weights {
    @Override
    public List<TensorSpec> tensors() {
      return List.of(TENSOR);
    }

    @Override
    public void forEach(Reader reader) throws IOException {
      reader.accept(new NamedTensor(TENSOR, new float[(int) TENSOR.size()]));
    }
  }
}
