package dev.braid.driver;

import dev.braid.driver.gate.Evaluation;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.line.Author;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.VersionRules;
import dev.braid.driver.merging.Replacement;
import dev.braid.driver.strategy.LineStrategy;
import dev.braid.driver.strategy.MergeJobs;
import dev.braid.driver.strategy.Strategies;
import dev.braid.jobs.encode.PrototypeJob;
import dev.braid.jobs.encode.StatisticsJob;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.rule.RoutingSettings;
import dev.braid.jobs.rule.RuleJob;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.TrainingLimits;
import dev.braid.model.record.InboxFile;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Assembles pipelines.
 *
 * @param reader reads a request from an inbox file, or throws {@link IllegalArgumentException}
 * @param routing by which rule the versions answer
 * @param sample validation pictures per task on which a candidate is evaluated
 * @param limits what the trainings of an executor may hold in memory
 * @param author of the versions, on whom only their manifests depend
 * @param schedule when tasks are worked on
 */
public record Pipelines(
    Function<InboxFile, Request> reader,
    RoutingSettings routing,
    Gate gate,
    long sample,
    TrainingLimits limits,
    Author author,
    Schedule schedule) {
  /** Pipelines with the plain schedule. */
  public Pipelines(
      Function<InboxFile, Request> reader,
      RoutingSettings routing,
      Gate gate,
      long sample,
      TrainingLimits limits,
      Author author) {
    this(reader, routing, gate, sample, limits, author, Schedule.PLAIN);
  }

  /** The pipeline of a line. */
  public Pipeline pipeline(
      JavaSparkContext spark,
      StoreLocation location,
      Line line,
      ProgressListener progressListener) {
    ModelStore store = ModelStore.open(location);
    LineStrategy strategy = Strategies.ofLine(line.head().model());
    VersionRules rules = new VersionRules(store, routing, () -> new RuleJob(spark, location));
    TaskPreparation taskPreparation =
        new TaskPreparation(
            spark,
            line,
            new Ingest(spark, store, progressListener),
            new Train(
                new TrainJob(spark, location, limits),
                strategy,
                progressListener,
                new TrainingTurns(() -> schedule.trainings(spark), schedule::isOver),
                schedule),
            new PrototypeJob(spark, location),
            new StatisticsJob(spark, location));
    return new Pipeline(
        spark,
        line,
        new Pipeline.Stages(
            new Preparation(
                new InboxReader(store.inbox(), reader), taskPreparation, strategy.pace(), schedule),
            new Merge(
                strategy,
                MergeJobs.of(spark, location),
                new Replacement(store, line.id()),
                rules,
                gate.rule().health()),
            new Evaluation(store, new EvaluateJob(spark, location), sample, progressListener),
            gate,
            new Publisher(store, line, author, progressListener),
            new RuleRenewal(store, line, rules, author, progressListener),
            schedule.quarantine()));
  }
}
