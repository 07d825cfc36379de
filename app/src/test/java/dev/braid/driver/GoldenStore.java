package dev.braid.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.VersionDraft;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.MergeStore;
import dev.braid.driver.merging.TaskDraft;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.RescalerKind;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError;
import dev.braid.model.figures.Confusion;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.Proportion;
import dev.braid.model.figures.Score;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import dev.braid.model.record.EnsembleWeights;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.TaskStatistics;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.model.record.Version.SetAside;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreFiles;
import dev.braid.store.commit.CommitConflictException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A store with a file of nearly every kind, whose bytes are always the same: tasks 0 and 1 of
 * {@link MergeStore}, on a line with truth decoupled and one with truth deltas.
 */
public final class GoldenStore {
  /** The line with truth deltas. */
  public static final LineId DELTAS = new LineId("deltas");

  private static final Author NOON =
      Author.at(InstantSource.fixed(Instant.parse("2026-01-02T12:00:00Z")));

  private static final Score SCORE =
      new Score(
          CorrectAnswers.of(true, false, true, true, false),
          /* routed= */ 4,
          new TreeMap<>(),
          new TreeMap<>(Map.of(new TaskId("task-0"), 5L)),
          /* ofNoTask= */ 1,
          IntStream.range(0, 5)
              .mapToObj(
                  picture ->
                      picture == 1 || picture == 4
                          ? CalibrationError.ofWrong(0.5)
                          : CalibrationError.ofCorrect(0.75))
              .reduce(CalibrationError.ZERO, CalibrationError::plus),
          List.of(new Confusion("a", new TaskId("task-0"), "b", 2, 1)));

  private GoldenStore() {}

  /** Writes the store under a root that does not exist yet. */
  public static void write(Path root, JavaSparkContext spark)
      throws IOException, CommitConflictException {
    MergeStore given = new MergeStore(root);
    ModelStore store = given.store;
    MergeJob job = new MergeJob(spark, given.location);
    for (int task = 0; task < 2; task++) {
      var unused = store.inbox().add("made up", new TaskId("task-" + task));
    }
    InboxFile refused = store.inbox().add("made up", new TaskId("refused"));
    for (LineId line : List.of(LineId.MAIN, DELTAS)) {
      ModelRecord model =
          line.equals(DELTAS)
              ? given.start(MergeState.DELTAS, RescalerKind.GLOBAL)
              : given.start(MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN);
      for (int task = 0; task < 2; task++) {
        model = job.run(model, given.task("task-" + task, given.randomDelta(task))).record();
        learn(given, line, model, store.inbox().files().get(task), List.of());
      }
    }
    learnNothing(given, refused);
    forgetProvenance(root, given);
    receipt(store, "encode", Output.FEATURES, features(store));
    receipt(store, "evaluate", Output.SCORE, store.records().put(SCORE));
    Digest useless = json(store, "{\"useless\":1}");
    StoreFiles.at(given.location)
        .tombstones()
        .mark(List.of("objects/%1.2s/%1$s.json".formatted(useless)));
  }

  /** Learns one more task on line main of such a store. */
  public static Version learnOneMore(Path root, JavaSparkContext spark)
      throws CommitConflictException {
    MergeStore given = MergeStore.open(root);
    Version head = given.store.versions(LineId.MAIN).head().orElseThrow();
    ModelRecord before = given.store.records().model(head.model());
    TaskDraft task = given.task("task-2", given.randomDelta(2));
    ModelRecord model = new MergeJob(spark, given.location).run(before, task).record();
    InboxFile file = given.store.inbox().add("made up", new TaskId("task-2"));
    return learn(given, LineId.MAIN, model, file, head.setAside());
  }

  private static Version learn(
      MergeStore given, LineId line, ModelRecord model, InboxFile file, List<SetAside> setAside)
      throws CommitConflictException {
    Line.Head head = head(given, line, model);
    List<InboxEntry> taken = new ArrayList<>(head.taken());
    taken.add(
        new InboxEntry(file.number(), file.task(), file.digest())
            .learnedWith(new Proportion(3, 4)));
    return new VersionDraft(
            "learn " + file.task(),
            given.store.records().put(model.with(rule(given.store, line, model))),
            taken,
            setAside,
            Optional.of(json(given.store, "{\"figures\":\"of %s\"}".formatted(file.task()))))
        .commit(given.store, line, head, NOON);
  }

  /** By statistics on line main, by prototypes on the other one. */
  private static RoutingRule rule(ModelStore store, LineId line, ModelRecord model) {
    if (line.equals(DELTAS)) {
      return new RoutingRule.Prototypes(4, new EnsembleWeights.Softmax(0.02));
    }
    Digest statistics =
        store
            .records()
            .put(
                new TaskStatistics(
                    /* dimension= */ 1,
                    new long[] {2, 1},
                    new double[][] {{2}, {-1}},
                    new double[] {3}));
    SortedMap<TaskId, RoutingRule.OfTask> tasks = new TreeMap<>();
    for (Learned learned : model.tasks()) {
      Calibration calibration = new Calibration(0.012, 1, learned.step() == 1 ? 0.5 : 1);
      tasks.put(learned.task(), new RoutingRule.OfTask(statistics, calibration));
    }
    return new RoutingRule.Statistics(AnswerRule.FUSED, 4, 500, 7.25, tasks);
  }

  private static void learnNothing(MergeStore given, InboxFile refused)
      throws CommitConflictException {
    Version before = given.store.versions(LineId.MAIN).head().orElseThrow();
    ModelRecord model = given.store.records().model(before.model());
    var unused =
        new VersionDraft(
                "set aside refused",
                before.model(),
                before.taken(),
                List.of(new SetAside(refused.digest(), refused.task(), "it was no better")),
                Optional.empty())
            .commit(given.store, LineId.MAIN, head(given, LineId.MAIN, model), NOON);
  }

  private static Line.Head head(MergeStore given, LineId line, ModelRecord model) {
    return new Line(given.store, line, FixedLineSettings.of(model)).head();
  }

  /** Removes from receipts what differs between machines and runs. */
  private static void forgetProvenance(Path root, MergeStore given) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root.resolve("receipts"))) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Receipt receipt =
          StoreFiles.at(given.location).receipt(root.relativize(file).toString()).orElseThrow();
      Files.delete(file);
      var unused =
          given
              .store
              .receipts()
              .record(
                  new Receipt(
                      receipt.stage(),
                      receipt.inputs(),
                      receipt.outputs(),
                      new TreeMap<>(Map.of("code-version", "golden"))));
    }
  }

  private static void receipt(ModelStore store, String stage, Output output, Digest digest) {
    var unused =
        store
            .receipts()
            .record(
                new Receipt(
                    stage,
                    Digest.of("inputs of " + stage),
                    new TreeMap<>(Map.of(output, digest)),
                    new TreeMap<>()));
  }

  private static Digest features(ModelStore store) {
    Digest part = store.objects().put(new byte[] {1, 0, 0, 0, 0, 0, -128, 63}, "f32");
    return json(store, "{\"dimension\":1,\"parts\":[\"%s\"]}".formatted(part));
  }

  private static Digest json(ModelStore store, String text) {
    return store.objects().put(text.getBytes(UTF_8), "json");
  }
}
