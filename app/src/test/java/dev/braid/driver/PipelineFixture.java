package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.MicroBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.history.Removal;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line;
import dev.braid.driver.merging.Residue;
import dev.braid.driver.strategy.Rounds;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.jobs.train.TrainingLimits;
import dev.braid.model.LineId;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store with two tasks in its inbox, and pipelines over it whose stages are all real. */
abstract class PipelineFixture {
  static final List<TaskId> TASKS = List.of(new TaskId("colours"), new TaskId("stripes"));
  @TempDir static Path shared;
  static SparkSession session;
  static JavaSparkContext spark;
  @TempDir Path folder;
  StoreLocation location;
  ModelStore store;
  Path pictures = shared;
  int steps = 40;
  int roundSteps = 20;
  Schedule schedule = Schedule.PLAIN;

  @BeforeAll
  static void open() throws IOException {
    MicroBase.writeTo(shared.resolve("base"));
    TinyTask.COLOURS.write(shared.resolve("colours"));
    TinyTask.STRIPES.write(shared.resolve("stripes"));
    session = SparkSessions.open("local[2]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  @BeforeEach
  void createStore() throws IOException {
    store = createStore("store");
    location = store.location();
  }

  ModelStore createStore(String name) throws IOException {
    ClipCheckpoint base = ClipCheckpoint.open(shared.resolve("base"));
    ModelStore created =
        ModelStore.create(
            StoreLocation.of(folder.resolve(name).toString()),
            base.weights(),
            base.files(),
            new ShardCut(131_072, 65_536),
            Map.of());
    TASKS.forEach(task -> created.inbox().add("", task));
    return created;
  }

  Outcome run() {
    return run(ProgressListener.SILENT);
  }

  Outcome run(ProgressListener progressListener) {
    return new Pipelines(
            this::request,
            new RoutingSettings.Statistics(AnswerRule.FUSED, 4, 500),
            new Gate(new Gate.Rule(1, 1, 1, MergeHealth.Limits.NONE)),
            500,
            TrainingLimits.NONE,
            Author.at(Clock.systemUTC()),
            schedule)
        .pipeline(spark, location, line(), progressListener)
        .run(Forced.NONE);
  }

  Line line() {
    FixedLineSettings settings =
        new FixedLineSettings(
            "condu", Optional.empty(), MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN);
    return new Line(store, new LineId("main"), settings);
  }

  Request request(InboxFile file) {
    return new Request(
        new InboxEntry(file.number(), file.task(), file.digest()),
        0,
        new IngestRequest(
            source(
                new ImageFolder(
                    pictures.resolve(file.task().name()).toString(),
                    new ImageFolder.ClassNames.Found(),
                    new AllowedRoots(List.of(pictures.toString(), "/proc")))),
            1),
        List.of("a picture of {c}"),
        new TrainSettings(8, steps, 5, 1e-3, 0, 0.9, 0.999, 1e-8, 0, 1),
        new Rounds(1, roundSteps),
        /* replaces= */ Optional.empty());
  }

  /** The source of a task in the folder of its pictures. */
  PictureSource source(ImageFolder folder) {
    return folder;
  }

  Version head() {
    return store.versions(new LineId("main")).head().orElseThrow();
  }

  static List<TaskId> learned(Outcome outcome) {
    assertThat(outcome.decisions()).allMatch(Decision::published);
    return outcome.decisions().stream().map(Decision::task).toList();
  }

  /** Runs an action on the first progress line that matches the pattern. */
  static ProgressListener when(String pattern, Runnable action) {
    AtomicBoolean isDone = new AtomicBoolean();
    return each(
        pattern,
        () -> {
          if (!isDone.getAndSet(true)) {
            action.run();
          }
        });
  }

  /** Runs an action on each progress line that matches the pattern. */
  static ProgressListener each(String pattern, Runnable action) {
    return new ProgressListener() {
      @Override
      public void say(String line) {
        if (line.matches(pattern)) {
          action.run();
        }
      }

      @Override
      public void training(String label, int step, int steps, float loss) {}
    };
  }

  /** Removes a learned task from the line. */
  void remove(TaskId task) {
    Removal removal =
        new Removal(
            store,
            line(),
            (untaught, records) -> {
              throw new AssertionError("truth decoupled merges nothing again");
            },
            answering -> answering,
            () -> Author.at(Clock.systemUTC()));
    try {
      assertThat(removal.run(task, Residue.REFUSED)).isPresent();
    } catch (CommitConflictException e) {
      throw new AssertionError(e);
    }
  }
}
