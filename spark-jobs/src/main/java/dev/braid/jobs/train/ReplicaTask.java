package dev.braid.jobs.train;

import dev.braid.inference.BaseDefinition;
import dev.braid.jobs.dataset.DatasetReader;
import dev.braid.jobs.stage.AssignedDevice;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ShardCut;
import dev.braid.model.Split;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.FloatReader;
import dev.braid.store.vector.FloatWriter;
import dev.braid.vlm.ModelDefinition;
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
 * <p>It starts when its {@link TrainingMemory} fits beside the trainings that the executor runs.
 * Pictures are read once per round, so longer rounds read them less often.
 */
record ReplicaTask(
    Training training,
    TrainingArea area,
    TrainingCheckpoint checkpoint,
    int steps,
    TrainingLimits limits)
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
  public Result call(Integer replica) throws IOException, InterruptedException {
    Device device = AssignedDevice.ofTask();
    ModelStore store = StoreCache.at(area.location());
    DatasetRecord dataset = store.records().dataset(training.dataset());
    ModelDefinition model = BaseDefinition.of(store);
    TrainingMemory need = TrainingMemory.of(size(model, store, dataset), limits);
    TrainingSlots.Slot slot =
        TrainingSlots.OF_THIS_JVM.reserve(
            device.equals(Device.CPU) ? need : need.onDevice(), ExecutorMemory.ofThisJvm(limits));
    try (slot;
        SpillingPictures pictures = new SpillingPictures(limits.picturesInMemory())) {
      return train(replica, device, model, dataset, pictures);
    }
  }

  /** The memory of one replica on the CPU. */
  TrainingMemory need() {
    ModelStore store = StoreCache.at(area.location());
    DatasetRecord dataset = store.records().dataset(training.dataset());
    return TrainingMemory.of(size(BaseDefinition.of(store), store, dataset), limits);
  }

  private TrainingMemory.Size size(ModelDefinition model, ModelStore store, DatasetRecord dataset) {
    List<TensorSpec> tensors = store.weights().base().tensors();
    long bytes = dataset.files().stream().mapToLong(DatasetRecord.PictureFile::bytes).sum();
    return new TrainingMemory.Size(
        tensors.stream().mapToLong(TensorSpec::size).sum(),
        tensors.stream().mapToLong(TensorSpec::size).max().orElse(0),
        training.space().coordinates(),
        training.alignment() != null,
        model.activationBytes(training.settings().microBatch(), dataset.classNames().size()),
        bytes * dataset.rows().train() / dataset.rows().total() / training.replicas());
  }

  private Result train(
      int replica,
      Device device,
      ModelDefinition model,
      DatasetRecord dataset,
      SpillingPictures pictures)
      throws IOException {
    ModelStore store = StoreCache.at(area.location());
    new DatasetReader(store.objects(), dataset)
        .forEachOf(Split.TRAIN, replica, training.replicas(), pictures::add);
    try (FineTuning tuning =
        model.startTraining(
            device,
            training.start().of(store, training.space()),
            training.space(),
            training.settings(),
            training.prompts(dataset))) {
      Alignment alignment = training.alignment();
      if (alignment != null) {
        tuning.align(alignment, store.weights().base());
      }
      restore(tuning.state(), replica, area.vectors(checkpoint.step()));
      Recorder recorder = new Recorder();
      tuning.run(steps, pictures, recorder);
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
