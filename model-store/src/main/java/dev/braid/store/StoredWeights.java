package dev.braid.store;

import dev.braid.model.Blob;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.util.List;

/** The tensors of a blob. */
record StoredWeights(Blobs blobs, List<TensorSpec> tensors, Blob blob) implements Weights {
  @Override
  public void forEach(Reader reader) throws IOException {
    try (FloatReader values = blobs.floats(blob)) {
      for (TensorSpec tensor : tensors) {
        float[] next = new float[Math.toIntExact(tensor.size())];
        values.read(next);
        reader.accept(new NamedTensor(tensor, next));
      }
    }
  }
}
