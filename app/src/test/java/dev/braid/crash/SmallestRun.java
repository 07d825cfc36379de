package dev.braid.crash;

import dev.braid.demo.base.SmallestBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.Pipelines;
import dev.braid.driver.Request;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line;
import dev.braid.driver.strategy.Rounds;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainingLimits;
import dev.braid.model.LineId;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.MergeState;
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
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The smallest run with every stage: two tasks of 16 pictures, two training steps each with a round
 * after every step, and two merges, on a base of fewer than 50,000 parameters.
 */
final class SmallestRun {
  static final List<TaskId> TASKS = List.of(new TaskId("colours"), new TaskId("stripes"));

  private static final ShardCut CUT = new ShardCut(8192, 4096);

  private final Path pictures;
  private final JavaSparkContext spark;

  /** A run of the tasks with pictures in this folder. */
  SmallestRun(Path pictures, JavaSparkContext spark) {
    this.pictures = pictures;
    this.spark = spark;
  }

  /** Draws the pictures. */
  static void draw(Path pictures) throws IOException {
    TinyTask.COLOURS.writeFew(pictures.resolve(TASKS.get(0).name()));
    TinyTask.STRIPES.writeFew(pictures.resolve(TASKS.get(1).name()));
  }

  /** Creates the store with the tasks in its inbox. */
  static void createStore(Path base, StoreLocation location) throws IOException {
    SmallestBase.writeTo(base);
    ClipCheckpoint checkpoint = ClipCheckpoint.open(base);
    ModelStore store =
        ModelStore.create(location, checkpoint.weights(), checkpoint.files(), CUT, Map.of());
    TASKS.forEach(task -> store.inbox().add("", task));
  }

  /**
   * Does what 'braid run' does, and forces the tasks past the gate, for which 16 pictures are too
   * few.
   */
  Outcome run(StoreLocation location) throws CommitConflictException {
    ModelStore store = ModelStore.open(location);
    FixedLineSettings settings =
        new FixedLineSettings(
            "condu", Optional.empty(), MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN);
    Line line = new Line(store, LineId.MAIN, settings);
    Forced all =
        new Forced(
            store.inbox().files().stream().map(InboxFile::digest).collect(Collectors.toSet()));
    return new Pipelines(
            this::request,
            new RoutingSettings.Statistics(AnswerRule.FUSED, 4, 500),
            new Gate(new Gate.Rule(1, 1, 1, MergeHealth.Limits.NONE)),
            500,
            TrainingLimits.NONE,
            Author.at(Clock.systemUTC()))
        .pipeline(spark, location, line, ProgressListener.SILENT)
        .run(all);
  }

  private Request request(InboxFile file) {
    return new Request(
        new InboxEntry(file.number(), file.task(), file.digest()),
        0,
        new IngestRequest(ImageFolder.of(pictures.resolve(file.task().name()).toString()), 1),
        List.of("a picture of {c}"),
        new TrainSettings(8, 2, 1, 1e-3, 0, 0.9, 0.999, 1e-8, 0, 1),
        new Rounds(1, 1),
        /* replaces= */ Optional.empty());
  }
}
