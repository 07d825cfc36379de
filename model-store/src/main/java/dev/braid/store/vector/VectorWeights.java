package dev.braid.store.vector;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** The tensors of a flattened vector, which is opened again for every pass. */
public record VectorWeights(List<TensorSpec> tensors, Supplier<FloatReader> vector)
    implements Weights {
  @Override
  public void forEach(Reader reader) throws IOException {
    try (FloatReader values = vector.get()) {
      for (TensorSpec tensor : tensors) {
        reader.accept(next(values, tensor));
      }
    }
  }

  /** Reads the vector up to the end of this tensor. */
  @Override
  public NamedTensor tensor(String name) throws IOException {
    try (FloatReader values = vector.get()) {
      for (TensorSpec tensor : tensors) {
        NamedTensor next = next(values, tensor);
        if (tensor.name().equals(name)) {
          return next;
        }
      }
    }
    return Weights.super.tensor(name); // refuses the name
  }

  private static NamedTensor next(FloatReader values, TensorSpec tensor) {
    float[] next = new float[Math.toIntExact(tensor.size())];
    values.read(next);
    return new NamedTensor(tensor, next);
  }
}
