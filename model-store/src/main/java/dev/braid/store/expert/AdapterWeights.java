package dev.braid.store.expert;

import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.util.List;

/** An adapter's factors alone, as tensors. */
public record AdapterWeights(ParameterSpace space, AdapterVector adapter) implements Weights {
  @Override
  public List<TensorSpec> tensors() {
    return space.tensors();
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    try (AdapterVector.Values values = adapter.open()) {
      for (TensorSpec factor : space.tensors()) {
        reader.accept(new NamedTensor(factor, values.read(factor.size())));
      }
    }
  }
}
