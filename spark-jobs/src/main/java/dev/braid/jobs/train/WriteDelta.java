package dev.braid.jobs.train;

import dev.braid.jobs.stage.AssignedDevice;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.FloatReader;
import dev.braid.store.vector.FloatWriter;
import dev.braid.vlm.tensor.Platform;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.spark.api.java.function.Function;

/** Streams the tuned weights and the base, and stores float32(tuned - base) as the delta. */
record WriteDelta(Training training, TrainingArea area)
    implements Function<Digest, WriteDelta.Result> {
  /**
   * The stored delta.
   *
   * @param platform of the executor, with the device that Spark assigned to the task
   */
  record Result(Digest delta, SortedMap<String, String> platform) implements Serializable {}

  @Override
  public Result call(Digest tuned) throws IOException {
    ModelStore store = StoreCache.at(area.location());
    Blobs staged = area.vectors(training.settings().steps());
    Blob weights = staged.get(tuned);
    Set<TensorSpec> trained = Set.copyOf(training.space().tensors());
    try (FloatReader reader = staged.floats(weights);
        FloatWriter writer =
            store
                .blobs()
                .floatWriter(training.space().digest(), weights.cut(), weights.coordinates())) {
      // A space lists its tensors in the order in which they are read.
      store
          .weights()
          .start(training.space(), Optional.empty())
          .forEach(
              tensor -> {
                if (trained.contains(tensor.spec())) {
                  writer.write(delta(tensor, reader));
                }
              });
      return new Result(
          store.blobs().put(writer.finish()), Platform.facts(AssignedDevice.ofTask()));
    }
  }

  private static float[] delta(NamedTensor base, FloatReader tuned) {
    float[] delta = new float[base.values().length];
    tuned.read(delta);
    for (int j = 0; j < delta.length; j++) {
      delta[j] -= base.values()[j];
    }
    return delta;
  }
}
