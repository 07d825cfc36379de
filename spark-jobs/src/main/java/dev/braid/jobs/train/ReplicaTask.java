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
 * One round of one replica: a Spark task that reads the saved state and saves the next.
 *
 * <p>While it runs, it holds the encoded pictures of its shard of the train split. For each replica
 * that an executor runs at a time, the executor thus needs memory for the model's weights, two
 * moments and the replica's share of the split's files; {@link FineTuning} caches decoded pictures
 * as far as it has room. Pictures are read once per round, so longer rounds read them less often.
 */
record ReplicaTask(Training training, TrainingArea area, TrainingCheckpoint checkpoint, int steps)
    implements Function<Integer, ReplicaTask.Result> {

  /**
   * The state of a replica after a round.
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
      restore(tuning.state(), replica, area.vectors(checkpoint.step()));
      Recorder recorder = new Recorder();
      tuning.run(steps, reader.shard(Split.TRAIN, replica, training.replicas()), recorder);
      return save(tuning.state(), store.info().cut(), recorder);
    }
  }

  /** Records the loss and the alignments of a round. */
  private static final class Recorder implements FineTuning.Progress {
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
    if (!checkpoint.weights().isEmpty()) {
      load(state, StateVector.WEIGHTS, blobs, checkpoint.weights().get(0));
    }
    if (!checkpoint.replicas().isEmpty()) {
      load(state, StateVector.FIRST_MOMENTS, blobs, checkpoint.replicas().get(replica).first());
      load(state, StateVector.SECOND_MOMENTS, blobs, checkpoint.replicas().get(replica).second());
    }
    state.resumeAt(checkpoint.step());
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

  private Result save(TrainState state, ShardCut cut, Recorder recorder) {
    Blobs blobs = area.vectors(state.step());
    return new Result(
        write(state, StateVector.WEIGHTS, blobs, cut),
        new TrainingCheckpoint.Moments(
            write(state, StateVector.FIRST_MOMENTS, blobs, cut),
            write(state, StateVector.SECOND_MOMENTS, blobs, cut)),
        recorder.loss,
        new Alignments(recorder.conflicts));
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
