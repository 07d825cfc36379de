package dev.braid.jobs.train;

import dev.braid.jobs.stage.Provenance;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.model.record.Receipt;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.StoreAccessException;
import dev.braid.store.object.CorruptObjectException;
import dev.braid.vlm.train.TrainingDivergedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains one task: rounds over replicas, each round a Spark stage (DESIGN 6).
 *
 * <p>A finished round is a checkpoint in the training's staging area, so a killed training goes on
 * where it was; a finished training is a receipt, so it is never done twice. Several threads may
 * train at once.
 */
public final class TrainJob {
  /*
   * With one replica a round's weights are the replica's: the same bits as the plain loop, wherever
   * it is cut into rounds. With more, the outer step runs as a map over shards, like the merge.
   */
  private static final String DELTA = "delta";

  private final JavaSparkContext spark;
  private final StoreLocation location;

  public TrainJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
  }

  /** Is told of every finished round, in the thread that trains. */
  @FunctionalInterface
  public interface Progress {
    /** Tells nobody. */
    Progress NONE = (step, steps, loss) -> {};

    /**
     * A round was finished.
     *
     * @param loss of the last step, mean over the replicas
     */
    void reached(int step, int steps, float loss);
  }

  /**
   * The digest of the delta's blob.
   *
   * @throws TrainingDivergedException if a loss or weight is not a number
   */
  public Digest run(Training training, Progress progress) {
    ModelStore store = StoreCache.at(location);
    DatasetRecord pictures = store.records().dataset(training.dataset());
    Digest inputs = training.inputs(pictures);
    Memo memo =
        new Memo(store, Training.STAGE, receipt -> store.blobs().contains(receipt.output(DELTA)));
    TrainingArea area = new TrainingArea(location, inputs);
    try {
      Receipt receipt = memo.find(inputs).orElseGet(() -> train(training, area, memo, progress));
      area.delete(); // also what a run left that was killed between receipt and here
      return receipt.output(DELTA);
    } catch (TrainingDivergedException e) {
      area.delete(); // from the same state it would diverge again
      throw e;
    }
  }

  private Receipt train(Training training, TrainingArea area, Memo memo, Progress progress) {
    Provenance provenance = Provenance.start(spark);
    Checkpoints checkpoints = new Checkpoints(area.list());
    int steps = training.settings().steps();
    TrainingCheckpoint trainingCheckpoint = checkpoints.latest().orElse(TrainingCheckpoint.NONE);
    while (true) {
      try {
        if (trainingCheckpoint.step() == steps) {
          return record(training, area, trainingCheckpoint, memo, provenance);
        }
        trainingCheckpoint = next(training, area, trainingCheckpoint, progress);
      } catch (CorruptObjectException | StoreAccessException e) {
        TrainingCheckpoint mine = trainingCheckpoint;
        Optional<TrainingCheckpoint> ahead =
            checkpoints.latest().filter(latest -> latest.step() > mine.step());
        if (ahead.isEmpty()) {
          return memo.find(area.inputs()).orElseThrow(() -> e);
        }
        trainingCheckpoint = ahead.get();
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
        stage(area).map(last.weights(), new WriteDelta(training, area)).get(0);
    written.platform().forEach(provenance::with);
    Map<String, Digest> outputs = new HashMap<>(Map.of(DELTA, written.delta()));
    if (training.alignment() != null) {
      ModelStore store = StoreCache.at(location);
      outputs.put(Alignments.OUTPUT, store.objects().put(last.alignments().toJson(), "json"));
    }
    return memo.record(area.inputs(), outputs, provenance.finish());
  }

  private TrainingCheckpoint next(
      Training training, TrainingArea area, TrainingCheckpoint last, Progress progress) {
    TrainingCheckpoint before = last.weights().isEmpty() ? start(training, area) : last;
    int steps = training.settings().steps();
    int count = Math.min(training.roundSteps(), steps - before.step());
    List<ReplicaTask.Result> results =
        Outcome.map(
            stage(area),
            ReplicaTask.replicas(training),
            new ReplicaTask(training, area, before, count));
    TrainingCheckpoint trainingCheckpoint =
        meet(training, area, before, before.step() + count, results);
    new Checkpoints(area.list()).add(trainingCheckpoint);
    area.drop(before.step());
    progress.reached(trainingCheckpoint.step(), steps, ReplicaTask.meanLoss(results));
    return trainingCheckpoint;
  }

  /** One replica reads its start itself; the outer step of many needs it flattened. */
  private TrainingCheckpoint start(Training training, TrainingArea area) {
    return training.replicas() == 1
        ? TrainingCheckpoint.NONE
        : TrainingCheckpoint.startingFrom(
            stage(area).map(List.of(training.start()), new WriteStart(training, area)));
  }

  private TrainingCheckpoint meet(
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
    OuterStage.Result met = new OuterStage(training, area, before, step).run(stage(area), weights);
    return new TrainingCheckpoint(
        step, List.of(met.weights()), moments, List.of(met.momentum()), Alignments.NONE);
  }

  private Stage stage(TrainingArea area) {
    return new Stage(spark, "train " + area.inputs().abbreviated());
  }
}
