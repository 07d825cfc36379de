package dev.braid.vlm.checkpoint;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Weights in memory. */
public record MapWeights(List<NamedTensor> all) implements Weights {
  static MapWeights of(TensorSpec spec, float... values) {
    return new MapWeights(List.of(new NamedTensor(spec, values)));
  }

  /** These tensors, with distinct values that are determined by their position. */
  public static MapWeights counting(List<TensorSpec> specs) {
    List<NamedTensor> all = new ArrayList<>();
    float next = 1;
    for (TensorSpec spec : specs) {
      float[] values = new float[(int) spec.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = next++;
      }
      all.add(new NamedTensor(spec, values));
    }
    return new MapWeights(all);
  }

  @Override
  public List<TensorSpec> tensors() {
    return all.stream().map(NamedTensor::spec).toList();
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    for (NamedTensor tensor : all) {
      reader.accept(tensor);
    }
  }
}
