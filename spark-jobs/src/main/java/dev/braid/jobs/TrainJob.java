package dev.braid.jobs;

import dev.braid.jobs.dataset.DatasetRecord;
import dev.braid.jobs.dataset.DatasetRecordParser;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.model.Receipt;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
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
  private static final String STAGE = "train";
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
   * @throws dev.braid.vlm.train.TrainingDivergedException if a loss or weight is not a number
   */
  public Digest run(Training training, Progress progress) {
    ModelStore store = OpenStores.at(location);
    DatasetRecord pictures = DatasetRecordParser.load(training.dataset(), store.objects());
    Digest inputs = training.inputs(pictures);
    Made made = new Made(store, STAGE, receipt -> store.blobs().contains(receipt.output(DELTA)));
    Optional<Receipt> found = made.find(inputs);
    if (found.isPresent()) {
      return found.get().output(DELTA);
    }
    Provenance provenance = Provenance.start(spark);
    TrainingArea area = new TrainingArea(location, inputs);
    WriteDelta.Result trained = train(training, area, progress);
    provenance.with("torch-threads", trained.torchThreads());
    Digest delta =
        made.record(inputs, Map.of(DELTA, trained.delta()), provenance.finish()).output(DELTA);
    area.drop(training.settings().steps());
    area.list().delete();
    return delta;
  }

  private WriteDelta.Result train(Training training, TrainingArea area, Progress progress) {
    Round last = rounds(training, area, progress);
    return stage(area).map(last.weights(), new WriteDelta(training, area)).get(0);
  }

  private Round rounds(Training training, TrainingArea area, Progress progress) {
    Checkpoints checkpoints = new Checkpoints(area.list());
    Round round = checkpoints.latest().orElseGet(() -> start(training, area));
    int steps = training.settings().steps();
    while (round.step() < steps) {
      Round before = round;
      int count = Math.min(training.roundSteps(), steps - before.step());
      List<RunReplica.Result> results =
          stage(area)
              .map(RunReplica.replicas(training), new RunReplica(training, area, before, count));
      round = meet(area, before, before.step() + count, results);
      checkpoints.add(round);
      area.drop(before.step());
      progress.reached(round.step(), steps, RunReplica.meanLoss(results));
    }
    return round;
  }

  /** One replica reads its start itself; the outer step of many needs it flattened. */
  private Round start(Training training, TrainingArea area) {
    List<Digest> weights =
        training.replicas() == 1
            ? List.of()
            : stage(area).map(List.of(training.start()), new WriteStart(training, area));
    return new Round(0, weights, List.of(), List.of());
  }

  private Round meet(TrainingArea area, Round before, int step, List<RunReplica.Result> results) {
    List<Round.Moments> moments = results.stream().map(RunReplica.Result::moments).toList();
    List<Digest> weights = results.stream().map(RunReplica.Result::weights).toList();
    if (weights.size() == 1) {
      return new Round(step, weights, moments, List.of());
    }
    OuterStage.Result met = new OuterStage(area, before, step).run(stage(area), weights);
    return new Round(step, List.of(met.weights()), moments, List.of(met.momentum()));
  }

  private Stage stage(TrainingArea area) {
    return new Stage(spark, "train " + area.inputs().abbreviated());
  }
}
