package dev.braid.jobs.train;

import dev.braid.jobs.stage.JobSubject;
import dev.braid.jobs.stage.Provenance;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.vlm.train.TrainingDivergedException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains one task: rounds over replicas, each round a Spark stage (DESIGN 6).
 *
 * <p>A finished round leaves a checkpoint in the training's staging area, so a killed training
 * resumes there. A finished training leaves a receipt, so it never runs twice. Several threads may
 * train at once.
 */
public final class TrainJob {
  /*
   * With one replica, a round's weights are the replica's: any cut into rounds gives the bits of the
   * plain loop. With several, the outer step runs as a map over shards, like the merge.
   */

  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final TrainingLimits limits;

  /** A job whose trainings hold all their pictures in memory. */
  public TrainJob(JavaSparkContext spark, StoreLocation location) {
    this(spark, location, TrainingLimits.NONE);
  }

  public TrainJob(JavaSparkContext spark, StoreLocation location, TrainingLimits limits) {
    this.spark = spark;
    this.location = location;
    this.limits = limits;
  }

  /** Receives every finished round, in the training thread. */
  @FunctionalInterface
  public interface Progress {
    /** Ignores all rounds. */
    Progress NONE = (step, steps, loss) -> {};

    /**
     * Reports a finished round.
     *
     * @param loss mean loss of the replicas in the last step
     */
    void reached(int step, int steps, float loss);
  }

  /** The digest of the delta's blob, if the training was finished before. */
  public Optional<Digest> find(Training training) {
    Digest inputs = inputs(training);
    Optional<Receipt> receipt = memo().find(inputs);
    if (receipt.isPresent()) {
      new TrainingArea(location, inputs).delete(); // a run may have been killed before it did so
    }
    return receipt.map(found -> found.output(Output.DELTA));
  }

  private Digest inputs(Training training) {
    DatasetRecord pictures = StoreCache.at(location).records().dataset(training.dataset());
    return training.inputs(pictures);
  }

  private Memo memo() {
    ModelStore store = StoreCache.at(location);
    return new Memo(
        store,
        Training.STAGE.name(),
        receipt -> store.blobs().contains(receipt.output(Output.DELTA)));
  }

  /**
   * Trains, unless a receipt exists, and returns the digest of the delta's blob.
   *
   * @throws TrainingDivergedException if a loss or weight is not a number
   * @throws TrainingMemoryException if the training does not fit the executors' memory
   */
  public Digest run(Training training, Progress progress) {
    Digest inputs = inputs(training);
    Memo memo = memo();
    TrainingArea area = new TrainingArea(location, inputs);
    try {
      Receipt receipt = memo.find(inputs).orElseGet(() -> train(training, area, memo, progress));
      area.delete(); // also what a run left that was killed between receipt and here
      return receipt.output(Output.DELTA);
    } catch (TrainingDivergedException e) {
      area.delete(); // it would diverge again from the same state
      throw e;
    }
  }

  private Receipt train(Training training, TrainingArea area, Memo memo, Progress progress) {
    Provenance provenance = Provenance.start(spark);
    Checkpoints checkpoints = new Checkpoints(area.list());
    int steps = training.settings().steps();
    TrainingCheckpoint checkpoint = checkpoints.latest().orElse(TrainingCheckpoint.NONE);
    while (true) {
      try {
        if (checkpoint.step() == steps) {
          return record(training, area, checkpoint, memo, provenance);
        }
        checkpoint = next(training, area, checkpoint, progress);
      } catch (CorruptObjectException | StoreAccessException e) {
        TrainingCheckpoint own = checkpoint;
        Optional<TrainingCheckpoint> ahead =
            checkpoints.latest().filter(latest -> latest.step() > own.step());
        if (ahead.isEmpty()) {
          return memo.find(area.inputs()).orElseThrow(() -> e);
        }
        checkpoint = ahead.get();
      }
    }
  }

  private Receipt record(
      Training training,
      TrainingArea area,
      TrainingCheckpoint last,
      Memo memo,
      Provenance provenance) {
    WriteDelta.Result written =
        stage(area, "delta").map(last.weights(), new WriteDelta(training, area)).get(0);
    written.platform().forEach(provenance::with);
    Map<Output, Digest> outputs = new EnumMap<>(Map.of(Output.DELTA, written.delta()));
    if (training.alignment() != null) {
      ModelStore store = StoreCache.at(location);
      outputs.put(Output.ALIGNMENTS, store.objects().put(last.alignments().toJson(), "json"));
    }
    return memo.record(area.inputs(), outputs, provenance.finish());
  }

  private TrainingCheckpoint next(
      Training training, TrainingArea area, TrainingCheckpoint last, Progress progress) {
    TrainingCheckpoint before = last.weights().isEmpty() ? start(training, area) : last;
    int steps = training.settings().steps();
    int count = Math.min(training.roundSteps(), steps - before.step());
    List<ReplicaTask.Result> results =
        RoundTasks.run(
            spark,
            stage(area, round(training, before.step() + count)),
            new ReplicaTask(training, area, before, count, limits));
    TrainingCheckpoint checkpoint = combine(training, area, before, before.step() + count, results);
    new Checkpoints(area.list()).add(checkpoint);
    area.drop(before.step());
    progress.reached(checkpoint.step(), steps, ReplicaTask.meanLoss(results));
    return checkpoint;
  }

  /** A single replica reads its start itself; the outer step needs the start as a vector. */
  private TrainingCheckpoint start(Training training, TrainingArea area) {
    return training.replicas() == 1
        ? TrainingCheckpoint.NONE
        : TrainingCheckpoint.startingFrom(
            stage(area, "start").map(List.of(training.start()), new WriteStart(training, area)));
  }

  private TrainingCheckpoint combine(
      Training training,
      TrainingArea area,
      TrainingCheckpoint before,
      int step,
      List<ReplicaTask.Result> results) {
    List<TrainingCheckpoint.Moments> moments =
        results.stream().map(ReplicaTask.Result::moments).toList();
    List<Digest> weights = results.stream().map(ReplicaTask.Result::weights).toList();
    if (weights.size() == 1) {
      Alignments alignments = before.alignments().plus(results.get(0).alignments());
      return new TrainingCheckpoint(step, weights, moments, List.of(), alignments);
    }
    OuterStage.Result combined =
        new OuterStage(training, area, before, step)
            .run(stage(area, "outer step of " + round(training, step)), weights);
    return new TrainingCheckpoint(
        step, List.of(combined.weights()), moments, List.of(combined.momentum()), Alignments.NONE);
  }

  /** The round that ends with this step, as people count. */
  private static String round(Training training, int step) {
    int length = training.roundSteps();
    int rounds = (training.settings().steps() + length - 1) / length;
    return "round %s of %s".formatted((step + length - 1) / length, rounds);
  }

  private Stage stage(TrainingArea area, String part) {
    String task = JobSubject.of(spark).orElse(area.inputs().abbreviated());
    return Stage.ofTraining(spark, "train %s, %s".formatted(task, part));
  }
}
