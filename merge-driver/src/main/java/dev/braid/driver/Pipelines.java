package dev.braid.driver;

import dev.braid.driver.gate.Evaluation;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.line.Line;
import dev.braid.driver.merging.ConduStrategy;
import dev.braid.driver.merging.LineStrategy;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.PamJob;
import dev.braid.driver.merging.PamStrategy;
import dev.braid.driver.merging.Replacement;
import dev.braid.jobs.encode.PrototypeJob;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.train.TrainJob;
import dev.braid.model.record.InboxFile;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.time.InstantSource;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Puts pipelines together.
 *
 * @param reader makes a request of an inbox file, or throws {@link IllegalArgumentException}
 * @param sample validation pictures of a task that a candidate is measured on
 * @param clock gives versions their time, which no digest depends on but a manifest's
 */
public record Pipelines(
    Function<InboxFile, Request> reader, Gate gate, long sample, InstantSource clock) {

  /** The pipeline of a line. */
  public Pipeline pipeline(
      JavaSparkContext spark,
      StoreLocation location,
      Line line,
      ProgressListener progressListener) {
    ModelStore store = ModelStore.open(location);
    LineStrategy lineStrategy = merge(spark, store, line);
    return new Pipeline(
        line,
        new InboxReader(store.inbox(), reader),
        new Preparation(
            store,
            line,
            new Ingest(spark, store, progressListener),
            new Train(new TrainJob(spark, location), lineStrategy, progressListener),
            new PrototypeJob(spark, location),
            lineStrategy.pace()),
        lineStrategy,
        new Evaluation(store, new EvaluateJob(spark, location), sample, progressListener),
        gate,
        new Publisher(store, line, clock, progressListener));
  }

  private LineStrategy merge(JavaSparkContext spark, ModelStore store, Line line) {
    Replacement replacement = new Replacement(store, line.id());
    return line.head().model().isOneForAll()
        ? new PamStrategy(new PamJob(spark, store.location()), replacement)
        : new ConduStrategy(
            new MergeJob(spark, store.location()), replacement, gate.rule().health());
  }
}
