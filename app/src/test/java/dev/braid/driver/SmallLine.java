package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.history.Removal;
import dev.braid.driver.history.Rollback;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.FixedLineSettings;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.VersionRules;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.Residue;
import dev.braid.driver.strategy.Rounds;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.jobs.rule.RuleJob;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainingLimits;
import dev.braid.model.LineId;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.EnsembleWeights;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.RoutingRule;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A line with truth {@code deltas}, whose tasks are folders of a few pictures and trained for two
 * steps. The gate, for which they are too few, is overruled.
 */
final class SmallLine {
  static final RoutingSettings FUSED = new RoutingSettings.Statistics(AnswerRule.FUSED, 4, 500);
  static final RoutingSettings EXPERT = new RoutingSettings.Statistics(AnswerRule.EXPERT, 4, 500);
  static final RoutingSettings PROTOTYPES =
      new RoutingSettings.Prototypes(
          new RoutingRule.Prototypes(2, new EnsembleWeights.Similarity()));

  private static final String REPLACE = "replace ";

  private final JavaSparkContext spark;
  private final ModelStore store;
  private final Line line;

  private SmallLine(JavaSparkContext spark, ModelStore store, LineId line) {
    this.spark = spark;
    this.store = store;
    this.line =
        new Line(
            store,
            line,
            new FixedLineSettings(
                "condu", Optional.empty(), MergeState.DELTAS, RescalerKind.TENSOR_MEAN));
  }

  /** Line main of a new store. */
  static SmallLine create(JavaSparkContext spark, Path base, Path root) throws IOException {
    ClipCheckpoint checkpoint = ClipCheckpoint.open(base);
    ModelStore store =
        ModelStore.create(
            StoreLocation.of(root.toString()),
            checkpoint.weights(),
            checkpoint.files(),
            new ShardCut(8192, 4096),
            Map.of());
    return new SmallLine(spark, store, LineId.MAIN);
  }

  /** A line of an existing store. */
  static SmallLine open(JavaSparkContext spark, Path root, LineId line) {
    return new SmallLine(spark, ModelStore.open(StoreLocation.of(root.toString())), line);
  }

  ModelStore store() {
    return store;
  }

  Line line() {
    return line;
  }

  Version head() {
    return line.head().version().orElseThrow();
  }

  ModelRecord model() {
    return store.records().model(head().model());
  }

  /** Learns a task whatever the gate says. */
  Outcome learn(TaskId task, Path pictures, RoutingSettings routing) {
    InboxFile file = store.inbox().add(pictures.toString(), task);
    return run(routing, new Forced(Set.of(file.digest())));
  }

  /** Learns a task in place of the one of its name. */
  Outcome replace(TaskId task, Path pictures, RoutingSettings routing) {
    InboxFile file = store.inbox().add(REPLACE + pictures, task);
    return run(routing, new Forced(Set.of(file.digest())));
  }

  Outcome run(RoutingSettings routing) {
    return run(routing, Forced.NONE);
  }

  /** Learns waiting tasks whatever the gate says. */
  Outcome run(RoutingSettings routing, List<TaskId> waiting) {
    return run(
        routing,
        new Forced(
            store.inbox().files().stream()
                .filter(file -> waiting.contains(file.task()))
                .map(InboxFile::digest)
                .collect(Collectors.toSet())));
  }

  private Outcome run(RoutingSettings routing, Forced forced) {
    return new Pipelines(
            SmallLine::request,
            routing,
            new Gate(new Gate.Rule(1, 1, 1, MergeHealth.Limits.NONE)),
            500,
            TrainingLimits.NONE,
            author())
        .pipeline(spark, store.location(), line, ProgressListener.SILENT)
        .run(forced);
  }

  void remove(TaskId task, RoutingSettings routing) throws CommitConflictException {
    Removal removal =
        new Removal(
            store,
            line,
            new MergeJob(spark, store.location())::mergeAll,
            rules(routing)::answering,
            SmallLine::author);
    assertThat(removal.run(task, Residue.REFUSED)).isPresent();
  }

  /** Whether the head was another version. */
  boolean rollBack(int version) throws CommitConflictException {
    return new Rollback(store, line, author()).run(version).isPresent();
  }

  VersionRules rules(RoutingSettings routing) {
    return new VersionRules(store, routing, () -> new RuleJob(spark, store.location()));
  }

  static Author author() {
    return Author.at(Clock.systemUTC());
  }

  private static Request request(InboxFile file) {
    boolean replaces = file.text().startsWith(REPLACE);
    String pictures = replaces ? file.text().substring(REPLACE.length()) : file.text();
    return new Request(
        new InboxEntry(file.number(), file.task(), file.digest()),
        /* priority= */ 0,
        new IngestRequest(ImageFolder.of(pictures), 1),
        List.of("a picture of {c}"),
        new TrainSettings(8, 2, 1, 1e-3, 0, 0.9, 0.999, 1e-8, 0, 1),
        new Rounds(1, 2),
        replaces ? Optional.of(Residue.REFUSED) : Optional.empty());
  }
}
