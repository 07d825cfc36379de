package dev.braid.store.gc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Output;
import dev.braid.model.record.Prototypes;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.RoutingRule.OfTask;
import dev.braid.model.record.RoutingRule.Statistics;
import dev.braid.model.record.TaskRecord;
import dev.braid.model.record.TaskStatistics;
import dev.braid.store.ModelStore;
import dev.braid.store.json.StatisticsParser;
import dev.braid.store.references.ObjectKind;
import dev.braid.store.references.ObjectRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Models that answer by the statistics of their tasks, in the store of {@link TinyModels}. */
final class RuledModels {
  private static final ShardCut CUT = new ShardCut(64, 64);

  private final ModelStore store;
  private final Path root;
  private final ParameterSpace space;

  RuledModels(TinyModels models) {
    this.store = models.store;
    this.root = models.root;
    this.space =
        new ParameterSpace(
            store.baseDigest(), new ParameterKind.Full(), List.of(TensorSpec.of("a", 8)));
  }

  /** Stores the model of these tasks, with and without its rule; the statistics must be there. */
  Digest put(String... tasks) {
    ModelRecord bare = bare(tasks);
    var unused = store.records().put(bare);
    return store.records().put(bare.with(rule(tasks)));
  }

  private ModelRecord bare(String... tasks) {
    List<Learned> learned =
        Stream.iterate(0, i -> i < tasks.length, i -> i + 1)
            .map(i -> new Learned(new TaskId(tasks[i]), task(tasks[i]), i + 1, List.of(1f)))
            .toList();
    return new ModelRecord(
        space,
        ModelRecord.CONDU,
        MergeState.DECOUPLED,
        RescalerKind.TENSOR_MEAN,
        new TreeMap<>(Map.of(ModelRecord.UNIFIED, blob(tasks.length))),
        learned);
  }

  private static Statistics rule(String... tasks) {
    SortedMap<TaskId, OfTask> ofTasks = new TreeMap<>();
    for (String task : tasks) {
      Digest statistics = Digest.of(bytesOf(task));
      ofTasks.put(
          new TaskId(task), new OfTask(statistics, Calibration.uncalibrated(AnswerRule.FUSED)));
    }
    return new Statistics(AnswerRule.FUSED, 4, 20, 1.5, ofTasks);
  }

  private Digest blob(float value) {
    return store.blobs().put(store.blobs().writeFloats(space.digest(), CUT, value, 1, 2, 3));
  }

  private Digest task(String name) {
    return store
        .records()
        .put(
            new TaskRecord(
                new TaskId(name),
                List.of("one", "two"),
                List.of("{c}"),
                dataset(name),
                blob(name.hashCode()),
                new TreeMap<>(Map.of(TaskRecord.BIRTH, blob(7))),
                List.of(1.),
                prototypes(name),
                new TreeMap<>(),
                /* seed= */ 1));
  }

  private Digest dataset(String name) {
    String json =
        """
        {"class-names":["one","two"],"content":"%1$s","files":[{"bytes":1,"digest":"%1$s"}],\
        "rows":{"test":1,"train":1,"validation":0},"rows-per-file":512}"""
            .formatted(store.objects().put(("pictures of " + name).getBytes(UTF_8), "parquet"));
    return store.objects().put(json.getBytes(UTF_8), "json");
  }

  private Digest prototypes(String name) {
    return store
        .records()
        .put(new Prototypes(new TaskId(name), List.of("one", "two"), 1, new float[] {1, 1}));
  }

  /** Stores the statistics of a task, and the receipt of the stage that computed them. */
  Digest putStatistics(String task) {
    Digest statistics = store.records().put(statistics(task));
    receipt(task, statistics);
    return statistics;
  }

  /** Stores a receipt that names an object as the statistics of a task. */
  void receipt(String task, Digest statistics) {
    var unused =
        store
            .receipts()
            .record(
                new Receipt(
                    "statistics",
                    Digest.of("inputs of " + task),
                    new TreeMap<>(Map.of(Output.STATISTICS, statistics)),
                    new TreeMap<>()));
  }

  private static TaskStatistics statistics(String task) {
    return new TaskStatistics(
        1, new long[] {2}, new double[][] {{task.hashCode()}}, new double[] {1});
  }

  private static byte[] bytesOf(String task) {
    return StatisticsParser.toBytes(statistics(task));
  }

  /** The file of a task's statistics. */
  Path statisticsFile(String task) {
    return statisticsFile(Digest.of(bytesOf(task)));
  }

  Path statisticsFile(Digest statistics) {
    return file(ObjectKind.STATISTICS, statistics);
  }

  /** The file of the record without the rule. */
  Path bareFile(String... tasks) {
    return file(ObjectKind.MODEL, store.records().put(bare(tasks)));
  }

  private Path file(ObjectKind kind, Digest digest) {
    return root.resolve(new ObjectRef(kind, digest).file());
  }
}
