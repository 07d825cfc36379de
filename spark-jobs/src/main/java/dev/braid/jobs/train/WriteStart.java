package dev.braid.jobs.train;

import dev.braid.inference.WeightsRef;
import dev.braid.model.Digest;
import dev.braid.model.TensorSpec;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.FloatWriter;
import java.io.IOException;
import java.util.Set;
import org.apache.spark.api.java.function.Function;

/** Stores the trained tensors of the weights that a training starts from, flattened. */
record WriteStart(Training training, TrainingArea area) implements Function<WeightsRef, Digest> {
  @Override
  public Digest call(WeightsRef start) throws IOException {
    ModelStore store = StoreCache.at(area.location());
    Blobs blobs = area.vectors(0);
    Set<TensorSpec> trained = Set.copyOf(training.space().tensors());
    try (FloatWriter writer =
        blobs.floatWriter(
            training.space().digest(), store.info().cut(), training.space().coordinates())) {
      start
          .of(store, training.space())
          .forEach(
              tensor -> {
                if (trained.contains(tensor.spec())) {
                  writer.write(tensor.values());
                }
              });
      return blobs.put(writer.finish());
    }
  }
}
