package dev.braid.store.expert;

import dev.braid.model.AdapterFactors;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The base with an adapter folded into it: W + scale · B · A at every adapted linear, in float32;
 * all other tensors are the base's. It classifies as the base with the adapter does, and is an
 * ordinary checkpoint.
 */
public record FoldedAdapter(Weights base, ParameterSpace space, AdapterVector adapter)
    implements Weights {
  @Override
  public List<TensorSpec> tensors() {
    return base.tensors();
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    try (AdapterVector.Values values = adapter.open()) {
      Iterator<TensorSpec> factors = space.tensors().iterator(); // in the base's order, A before B
      Folding folding = new Folding(scale(), factors, values);
      base.forEach(tensor -> reader.accept(folding.of(tensor)));
    }
  }

  private float scale() {
    if (space.kind() instanceof ParameterKind.Adapter kind) {
      return kind.scale();
    }
    throw new IllegalArgumentException("Invalid parameter space: not of an adapter");
  }

  /** Folds the next pair of factors into the tensor that they belong to. */
  private static final class Folding {
    private final float scale;
    private final Iterator<TensorSpec> factors;
    private final AdapterVector.Values values;
    private String awaited;

    Folding(float scale, Iterator<TensorSpec> factors, AdapterVector.Values values) {
      this.scale = scale;
      this.factors = factors;
      this.values = values;
      this.awaited = factors.hasNext() ? factors.next().name() : "";
    }

    NamedTensor of(NamedTensor tensor) {
      TensorSpec spec = tensor.spec();
      if (spec.shape().size() != 2
          || !AdapterFactors.a(AdapterFactors.linear(spec)).equals(awaited)) {
        return tensor;
      }
      int outputs = Math.toIntExact(spec.shape().get(0));
      int inputs = Math.toIntExact(spec.shape().get(1));
      int rank = Math.toIntExact(factors.next().size() / outputs);
      float[] a = values.read((long) rank * inputs);
      float[] b = values.read((long) outputs * rank);
      awaited = factors.hasNext() ? factors.next().name() : "";
      return new NamedTensor(spec, folded(tensor.values(), a, b, rank, inputs));
    }

    /* Row by row, ranks in order: the same bits on every CPU. */
    private float[] folded(float[] weight, float[] a, float[] b, int rank, int inputs) {
      float[] folded = new float[weight.length];
      float[] row = new float[inputs];
      for (int start = 0, output = 0; start < weight.length; start += inputs, output++) {
        Arrays.fill(row, 0);
        for (int k = 0; k < rank; k++) {
          float factor = b[output * rank + k];
          int from = k * inputs;
          for (int j = 0; j < inputs; j++) {
            row[j] += factor * a[from + j];
          }
        }
        for (int j = 0; j < inputs; j++) {
          folded[start + j] = weight[start + j] + scale * row[j];
        }
      }
      return folded;
    }
  }
}
