package dev.braid.jobs.train;

import dev.braid.inference.BaseDefinition;
import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.jobs.stage.AssignedDevice;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ShardCut;
import dev.braid.model.Split;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.FloatReader;
import dev.braid.store.vector.FloatWriter;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.Conflicts;
import dev.braid.vlm.train.FineTuning;
import dev.braid.vlm.train.StateVector;
import dev.braid.vlm.train.TrainState;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function;

/**
 * One replica's part of one round: a Spark task from saved state to saved state.
 *
 * <p>It holds the encoded pictures of its part of the train split while it runs, so an executor
 * needs, beside the weights and two moments of the model, the bytes of the split's files over the
 * number of replicas for each replica it runs at a time; decoded ones are kept as far as {@link
 * FineTuning} has room. They are read once a round: longer rounds read them less often.
 */
record ReplicaTask(
    Training training, TrainingArea area, TrainingCheckpoint trainingCheckpoint, int steps)
    implements Function<Integer, ReplicaTask.Result> {

  /**
   * What a replica ended with.
   *
   * @param loss of its last step
   * @param alignments in this round
   */
  record Result(
      Digest weights, TrainingCheckpoint.Moments moments, float loss, Alignments alignments)
      implements Serializable {}

  static List<Integer> replicas(Training training) {
    return IntStream.range(0, training.replicas()).boxed().toList();
  }

  static float meanLoss(List<Result> results) {
    return (float) results.stream().mapToDouble(Result::loss).average().orElseThrow();
  }

  @Override
  public Result call(Integer replica) throws IOException {
    Device device = AssignedDevice.ofTask();
    ModelStore store = StoreCache.at(area.location());
    DatasetRecord pictures = store.records().dataset(training.dataset());
    DatasetReader reader = new DatasetReader(store.objects(), pictures);
    try (FineTuning tuning =
        BaseDefinition.of(store)
            .startTraining(
                device,
                training.start().of(store, training.space()),
                training.space(),
                training.settings(),
                training.prompts(pictures))) {
      Alignment alignment = training.alignment();
      if (alignment != null) {
        tuning.align(alignment, store.weights().base());
      }
      restore(tuning.state(), replica, area.vectors(trainingCheckpoint.step()));
      Notes notes = new Notes();
      tuning.run(steps, reader.shard(Split.TRAIN, replica, training.replicas()), notes);
      return save(tuning.state(), store.info().cut(), notes);
    }
  }

  /** What a round has to tell. */
  private static final class Notes implements FineTuning.Progress {
    private final List<Conflicts> conflicts = new ArrayList<>();
    private float loss = Float.NaN;

    @Override
    public void stepped(int step, float value, double rate) {
      loss = value;
    }

    @Override
    public void aligned(Conflicts found) {
      conflicts.add(found);
    }
  }

  private void restore(TrainState state, int replica, Blobs blobs) {
    if (!trainingCheckpoint.weights().isEmpty()) {
      load(state, StateVector.WEIGHTS, blobs, trainingCheckpoint.weights().get(0));
    }
    if (!trainingCheckpoint.replicas().isEmpty()) {
      load(
          state,
          StateVector.FIRST_MOMENTS,
          blobs,
          trainingCheckpoint.replicas().get(replica).first());
      load(
          state,
          StateVector.SECOND_MOMENTS,
          blobs,
          trainingCheckpoint.replicas().get(replica).second());
    }
    state.resumeAt(trainingCheckpoint.step());
  }

  private static void load(TrainState state, StateVector vector, Blobs blobs, Digest digest) {
    Blob blob = blobs.get(digest);
    int rowLength = blob.cut().rowLength();
    try (FloatReader reader = blobs.floats(blob)) {
      for (long start = 0; start < blob.coordinates(); start += rowLength) {
        float[] row = new float[(int) Math.min(rowLength, blob.coordinates() - start)];
        reader.read(row);
        state.copyIn(vector, start, row, row.length);
      }
    }
  }

  private Result save(TrainState state, ShardCut cut, Notes notes) {
    Blobs blobs = area.vectors(state.step());
    return new Result(
        write(state, StateVector.WEIGHTS, blobs, cut),
        new TrainingCheckpoint.Moments(
            write(state, StateVector.FIRST_MOMENTS, blobs, cut),
            write(state, StateVector.SECOND_MOMENTS, blobs, cut)),
        notes.loss,
        new Alignments(notes.conflicts));
  }

  private Digest write(TrainState state, StateVector vector, Blobs blobs, ShardCut cut) {
    long coordinates = state.coordinates();
    try (FloatWriter writer = blobs.floatWriter(training.space().digest(), cut, coordinates)) {
      for (long start = 0; start < coordinates; start += cut.rowLength()) {
        float[] row = new float[(int) Math.min(cut.rowLength(), coordinates - start)];
        state.copyOut(vector, start, row, row.length);
        writer.write(row);
      }
      return blobs.put(writer.finish());
    }
  }
}
