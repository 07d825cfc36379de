package dev.braid.driver;

import dev.braid.driver.Prepared.Refused;
import dev.braid.driver.Prepared.Trained;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.Line.Head;
import dev.braid.jobs.encode.PrototypeJob;
import dev.braid.jobs.encode.StatisticsJob;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.model.Digest;
import dev.braid.vlm.train.TrainingDivergedException;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** All stages of one task before its merge: data set, expert, prototypes, statistics. */
final class TaskPreparation {
  private final JavaSparkContext spark;
  private final Line line;
  private final Ingest ingest;
  private final Train train;
  private final PrototypeJob prototypes;
  private final StatisticsJob statistics;

  TaskPreparation(
      JavaSparkContext spark,
      Line line,
      Ingest ingest,
      Train train,
      PrototypeJob prototypes,
      StatisticsJob statistics) {
    this.spark = spark;
    this.line = line;
    this.ingest = ingest;
    this.train = train;
    this.prototypes = prototypes;
    this.statistics = statistics;
  }

  /**
   * The prepared task; empty if another run has decided it in the meantime.
   *
   * @throws RuntimeException if a file system, an executor or a library fails, which says nothing
   *     about the task
   */
  Optional<Prepared> run(Request request, Forced forced) {
    Head head = line.head();
    if (head.decided(forced).contains(request.file().file())) {
      return Optional.empty();
    }
    RunJobs.OfTask jobs = RunJobs.ofTask(spark, request.task());
    try {
      return Optional.of(train(head, request));
    } catch (RefusedDatasetException | TrainingDivergedException e) {
      return Optional.of(Refused.of(request.file(), e));
    } finally {
      jobs.end();
    }
  }

  /** Refuses pictures that were added to another data set than the one the line has now. */
  private void checkExtended(Head head, Request request) {
    Optional<Digest> extended = request.pictures().extended();
    Optional<Digest> learned =
        head.model().learned(request.task()).map(task -> ingest.datasetOf(task.record()));
    if (extended.isPresent() && !extended.equals(learned)) {
      throw new RefusedDatasetException(
          "Cannot learn from %s: %s has changed since the pictures were added to it; 'braid add"
              + " --to' adds them again",
          request.pictures().source().name(), request.task());
    }
  }

  private Trained train(Head head, Request request) {
    checkExtended(head, request);
    Digest dataset = ingest.run(request);
    Train.Result trained = train.run(head.model(), request, dataset);
    var unused = statistics.run(dataset);
    Digest vectors = prototypes.run(request.task(), dataset, request.templates());
    return new Trained(
        request, dataset, ingest.content(dataset), trained.training(), trained.delta(), vectors);
  }

  /**
   * Runs the stages that do not depend on the head, whose receipts {@link #run} then finds; {@code
   * run} meets the same failure again and reports it.
   */
  void runAhead(Request request) {
    RunJobs.OfTask jobs = RunJobs.ofTask(spark, request.task());
    try {
      Digest dataset = ingest.run(request);
      var unusedPrototypes = prototypes.run(request.task(), dataset, request.templates());
      var unusedStatistics = statistics.run(dataset);
    } catch (RuntimeException ignored) { // run meets it again
      return;
    } finally {
      jobs.end();
    }
  }
}
