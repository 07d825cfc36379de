package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.demo.base.SmallestBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.PamSettings;
import dev.braid.driver.line.VersionRules;
import dev.braid.driver.merging.Replacement;
import dev.braid.driver.strategy.MergeJobs;
import dev.braid.driver.strategy.Rounds;
import dev.braid.driver.strategy.Sequential;
import dev.braid.driver.strategy.Strategies;
import dev.braid.driver.strategy.Trainer;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.jobs.rule.RuleJob;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.jobs.train.Alignments;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.Training;
import dev.braid.jobs.train.TrainingLimits;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.TaskRecord;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.Alignment.Reset;
import dev.braid.vlm.train.Conflicts;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests lines of strategy pam through the whole pipeline; all stages are real. */
class PamLineTest {
  private static final TaskId COLOURS = new TaskId("colours");
  private static final TaskId STRIPES = new TaskId("stripes");
  private static final String TEMPLATE = "a picture of {c}";
  private static final TrainSettings SETTINGS =
      new TrainSettings(8, 10, 2, 1e-2, 0, 0.9, 0.999, 1e-8, 0, 1);
  private static final Rounds ROUNDS = new Rounds(1, 7);
  private static final PamSettings USUAL = new PamSettings(0.5, 4, Reset.GLOBAL, 0.5f);

  @TempDir static Path folder;
  static SparkSession session;
  static JavaSparkContext spark;

  @BeforeAll
  static void open() throws IOException {
    SmallestBase.writeTo(folder.resolve("base"));
    TinyTask.COLOURS.writeFew(folder.resolve("colours"));
    TinyTask.STRIPES.writeFew(folder.resolve("stripes"));
    session = SparkSessions.open("local[2]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  private static ModelStore createStore(String name) throws IOException {
    ClipCheckpoint base = ClipCheckpoint.open(folder.resolve("base"));
    ModelStore created =
        ModelStore.create(
            StoreLocation.of(folder.resolve(name).toString()),
            base.weights(),
            base.files(),
            new ShardCut(2048, 1024),
            Map.of());
    List.of(COLOURS, STRIPES).forEach(task -> created.inbox().add("", task));
    return created;
  }

  @Test
  void run_killedInTheSecondTraining_endsInTheAverageOfItAndTheFirst() throws Exception {
    ModelStore store = createStore("killed");
    Line line = line(store, "main", USUAL);
    ProgressListener dying =
        during(
            STRIPES,
            () -> {
              throw new AssertionError("the driver dies here");
            });
    assertThatThrownBy(() -> run(store, line, dying)).hasMessage("the driver dies here");
    assertThat(run(store, line, ProgressListener.SILENT).decisions())
        .extracting(Decision::task)
        .containsExactly(STRIPES);
    assertThat(run(store, line, ProgressListener.SILENT)).isEqualTo(Outcome.NOTHING);

    ModelRecord model = line.head().model();
    Digest first = record(store, model, 0).delta();
    assertThat(model(store, line, 1).global()).contains(first);
    Training second = training(store, model, Optional.of(USUAL.alignment(10)));
    assertThat(record(store, model, 1).delta())
        .isEqualTo(new TrainJob(spark, store.location()).run(second, TrainJob.Progress.NONE));
    assertThat(Alignments.of(store, second).conflicts())
        .extracting(Conflicts::step)
        .containsExactly(4, 8);
    float[] global = values(store, model.global().orElseThrow());
    float[] before = values(store, first);
    float[] added = values(store, second(store, model));
    for (int j = 0; j < global.length; j++) {
      assertThat(global[j]).isEqualTo((before[j] + added[j]) / 2);
    }
    checkStaleTrainingIsAConflict(store, line);

    ModelStore undisturbed = createStore("undisturbed");
    Line other = line(undisturbed, "main", USUAL);
    run(undisturbed, other, ProgressListener.SILENT);
    assertThat(other.head().version().map(Version::model))
        .isEqualTo(line.head().version().map(Version::model));
  }

  @Test
  void run_guardingNothing_isMergeOnlyOrSequentialFineTuning() throws Exception {
    ModelStore store = createStore("identities");
    Line mergeOnly = line(store, "merge-only", new PamSettings(0, 4, Reset.ZERO, 0.5f));
    run(store, mergeOnly, ProgressListener.SILENT);
    ModelRecord merged = mergeOnly.head().model();
    Line forgetful = line(store, "forgetful", new PamSettings(0, 4, Reset.ZERO, 1));
    run(store, forgetful, ProgressListener.SILENT);
    ModelRecord sequential = forgetful.head().model();

    TrainJob job = new TrainJob(spark, store.location());
    Digest plain = job.run(training(store, merged, Optional.empty()), TrainJob.Progress.NONE);
    assertThat(second(store, merged)).isEqualTo(plain);
    assertThat(
            Sequential.baseline(
                new Trainer(job, ProgressListener.SILENT), store, sequential, ROUNDS))
        .isEqualTo(new WeightsRef.Tuned(sequential.space(), plain))
        .isEqualTo(WeightsRef.ofAll(sequential));
  }

  @Test
  void run_afterARefusedTask_continuesFromTheHead() throws Exception {
    ModelStore store = createStore("refused");
    Line line = line(store, "main", USUAL);
    Digest stripes = store.inbox().files().get(1).digest();
    Outcome outcome = run(store, line, new Forced(Set.of(stripes)), ProgressListener.SILENT);

    assertThat(outcome.decisions())
        .extracting(Decision::fate)
        .containsExactly(Decision.Fate.SET_ASIDE, Decision.Fate.LEARNED);
    ModelRecord model = line.head().model();
    assertThat(model.tasks()).extracting(Learned::task).containsExactly(STRIPES);
    assertThat(model.global()).contains(record(store, model, 0).delta());
  }

  @Test
  void run_whoseTasksAnotherRunLearns_trainsNoneOfThemFromThere() throws Exception {
    ModelStore store = createStore("overtaken");
    Line line = line(store, "main", USUAL);
    ProgressListener overtaken =
        during(
            COLOURS,
            () -> assertThat(run(store, line, ProgressListener.SILENT).decisions()).hasSize(2));

    assertThat(run(store, line, overtaken)).isEqualTo(Outcome.NOTHING);
    assertThat(store.receipts().all("train")).hasSize(2);
  }

  /** A task trained from the base cannot be merged with a head that has learned tasks. */
  private static void checkStaleTrainingIsAConflict(ModelStore store, Line line) {
    TaskRecord colours = record(store, line.head().model(), 0);
    Prepared.Trained stale =
        new Prepared.Trained(
            request(new InboxFile(9, new TaskId("late"), "", colours.dataset())),
            colours.dataset(),
            store.records().dataset(colours.dataset()),
            new Training(
                line.head().model().space(),
                colours.dataset(),
                TEMPLATE,
                SETTINGS,
                new WeightsRef.Base(),
                /* replicas= */ 1,
                ROUNDS.steps()),
            colours.delta(),
            colours.prototypes());
    Merge merge =
        new Merge(
            Strategies.ofLine(line.head().model()),
            MergeJobs.of(spark, store.location()),
            new Replacement(store, line.id()),
            new VersionRules(
                store,
                new RoutingSettings.Statistics(AnswerRule.FUSED, 4, 500),
                () -> new RuleJob(spark, store.location())),
            MergeHealth.Limits.NONE);

    assertThatThrownBy(() -> merge.run(line.head(), stale))
        .isInstanceOf(CommitConflictException.class)
        .hasMessage(
            "Cannot merge task late: another run published while it was trained, and it must go on"
                + " from there; run again");
  }

  private static Line line(ModelStore store, String name, PamSettings settings) {
    FixedLineSettings.Lora lora = new FixedLineSettings.Lora(List.of("mlp.fc1", "mlp.fc2"), 4, 1);
    return new Line(store, new LineId(name), FixedLineSettings.pam(Optional.of(lora), settings));
  }

  /** Forces the tasks past the gate, for which 16 pictures are too few. */
  private static Outcome run(ModelStore store, Line line, ProgressListener progressListener)
      throws CommitConflictException {
    List<Digest> all = store.inbox().files().stream().map(InboxFile::digest).toList();
    return run(store, line, new Forced(Set.copyOf(all)), progressListener);
  }

  private static Outcome run(
      ModelStore store, Line line, Forced forced, ProgressListener progressListener)
      throws CommitConflictException {
    return new Pipelines(
            PamLineTest::request,
            new RoutingSettings.Statistics(AnswerRule.FUSED, 4, 500),
            new Gate(new Gate.Rule(1, 1, 1, MergeHealth.Limits.NONE)),
            500,
            TrainingLimits.NONE,
            Author.at(Clock.systemUTC()))
        .pipeline(spark, store.location(), line, progressListener)
        .run(forced);
  }

  private static Request request(InboxFile file) {
    return new Request(
        new InboxEntry(file.number(), file.task(), file.digest()),
        0,
        new IngestRequest(
            new ImageFolder(
                folder.resolve(file.task().name()).toString(),
                new ImageFolder.ClassNames.Found(),
                new AllowedRoots(List.of(folder.toString()))),
            1),
        List.of(TEMPLATE),
        SETTINGS,
        ROUNDS,
        /* replaces= */ Optional.empty());
  }

  /** The training of a line's second task, starting from the first one's result. */
  private static Training training(
      ModelStore store, ModelRecord model, Optional<Alignment> alignment) {
    return new Training(
        model.space(),
        record(store, model, 1).dataset(),
        TEMPLATE,
        SETTINGS,
        new WeightsRef.Tuned(model.space(), record(store, model, 0).delta()),
        1,
        ROUNDS.steps(),
        alignment.orElse(null));
  }

  private static Digest second(ModelStore store, ModelRecord model) {
    return record(store, model, 1).delta();
  }

  private static TaskRecord record(ModelStore store, ModelRecord model, int task) {
    return store.records().task(model.tasks().get(task).record());
  }

  private static ModelRecord model(ModelStore store, Line line, int version) {
    Digest model = store.versions(line.id()).find(version).orElseThrow().model();
    return store.records().model(model);
  }

  private static float[] values(ModelStore store, Digest delta) {
    return store.blobs().readFloats(store.blobs().get(delta));
  }

  /** Runs an action once, after a task's first round. */
  private static ProgressListener during(TaskId task, Callable<?> action) {
    AtomicBoolean done = new AtomicBoolean();
    return new ProgressListener() {
      @Override
      public void say(String line) {}

      @Override
      public void training(String label, int step, int steps, float loss) {
        if (label.equals(task.name()) && !done.getAndSet(true)) {
          try {
            action.call();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        }
      }
    };
  }
}
