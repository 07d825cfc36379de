package dev.braid.store.expert;

import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The base's unchanged tensors, then an adapter's factors: the weights that training uses. */
public record AdaptedWeights(Weights base, ParameterSpace space, AdapterVector adapter)
    implements Weights {
  @Override
  public List<TensorSpec> tensors() {
    return Stream.concat(base.tensors().stream(), space.tensors().stream()).toList();
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    base.forEach(reader);
    new AdapterWeights(space, adapter).forEach(reader);
  }
}
