package dev.braid.driver;

import dev.braid.jobs.encode.PrototypeJob;
import dev.braid.jobs.evaluate.EvaluateJob;
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
      JavaSparkContext spark, StoreLocation location, Line line, Narrator narrator) {
    ModelStore store = ModelStore.open(location);
    Merge merge = merge(spark, store, line);
    return new Pipeline(
        line,
        new Intake(store.inbox(), reader),
        new Preparation(
            store,
            line,
            new Ingest(spark, store, narrator),
            new Train(new TrainJob(spark, location), merge, narrator),
            new PrototypeJob(spark, location),
            merge.pace()),
        merge,
        new Examination(store, new EvaluateJob(spark, location), sample, narrator),
        gate,
        new Publisher(store, line, clock, narrator));
  }

  private Merge merge(JavaSparkContext spark, ModelStore store, Line line) {
    Replacement replacement = new Replacement(store, line.id());
    return line.head().model().isOneForAll()
        ? new PamMerge(new PamJob(spark, store.location()), replacement)
        : new ConduMerge(new MergeJob(spark, store.location()), replacement, gate.rule().health());
  }
}
