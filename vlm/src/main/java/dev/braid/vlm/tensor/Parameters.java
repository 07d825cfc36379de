package dev.braid.vlm.tensor;

import dev.braid.model.AdapterFactors;
import dev.braid.model.Check;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's tensors by name, and the layers built from them.
 *
 * <p>Every use of a weight goes through this class, so the tensor behind a name can be replaced: by
 * a leaf of a training step, or by the weight and its adapter.
 */
public final class Parameters {
  private final Map<String, Tensor> tensors;
  private final float adapterScale;
  private final Compute compute;

  private Parameters(Map<String, Tensor> tensors, float adapterScale, Compute compute) {
    this.tensors = Map.copyOf(tensors);
    this.adapterScale = adapterScale;
    this.compute = compute;
  }

  /** Copies the expected tensors into the scope; refuses weights that lack one of them. */
  public static Parameters load(Scope scope, List<TensorSpec> expected, Weights weights)
      throws IOException {
    Map<String, Tensor> loaded = new HashMap<>();
    Map<String, TensorSpec> missing = new HashMap<>();
    expected.forEach(spec -> missing.put(spec.name(), spec));
    weights.forEach(
        tensor -> {
          TensorSpec spec = missing.remove(tensor.spec().name());
          if (spec != null) {
            loaded.put(spec.name(), load(scope, spec, tensor));
          }
        });
    Check.argument(
        missing.isEmpty(), "Cannot load the model: the weights lack %s", missing.keySet());
    return new Parameters(loaded, /* adapterScale= */ 1, Compute.FLOAT32);
  }

  private static Tensor load(Scope scope, TensorSpec spec, NamedTensor tensor) {
    Check.argument(
        spec.size() == tensor.spec().size(),
        "Cannot load the model: %s has shape %s (expected %s)",
        spec.name(),
        tensor.spec().shape(),
        spec.shape());
    long[] sides = spec.shape().stream().mapToLong(Long::longValue).toArray();
    return scope.tensor(tensor.values(), sides);
  }

  /** The same parameters with some tensors replaced. */
  public Parameters with(Map<String, Tensor> replacements) {
    Map<String, Tensor> replaced = new HashMap<>(tensors);
    replaced.putAll(replacements);
    return new Parameters(replaced, adapterScale, compute);
  }

  /** The same parameters, with this factor on the products of the adapters. */
  public Parameters scalingAdapters(float scale) {
    return new Parameters(tensors, scale, compute);
  }

  /** The same parameters, with linear layers computed in this precision. */
  public Parameters computing(Compute numbers) {
    return new Parameters(tensors, adapterScale, numbers);
  }

  /** The same parameters as operands whose results live in the given scope or inside it. */
  public Parameters in(Scope scope) {
    Map<String, Tensor> inner = new HashMap<>();
    tensors.forEach((name, tensor) -> inner.put(name, tensor.in(scope)));
    return new Parameters(inner, adapterScale, compute);
  }

  /** The tensor of this name. */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "Invalid tensor name: %s (not in the model)".formatted(name));
    }
    return tensor;
  }

  /**
   * x · weightᵀ + bias of a linear layer, plus the output of its adapter if it has one (METHODS
   * 2.1).
   *
   * <p>The adapter's scale is applied between its factors, where a row has only as many elements as
   * the rank.
   */
  public Tensor linear(Tensor x, String layer) {
    Tensor own = compute.linear(x, get(layer + ".weight"), get(layer + ".bias"));
    Tensor a = tensors.get(AdapterFactors.a(layer));
    return a == null ? own : own.plus(adapted(x, a, get(AdapterFactors.b(layer))));
  }

  private Tensor adapted(Tensor x, Tensor a, Tensor b) {
    return compute.linear(compute.linear(x, a).times(adapterScale), b);
  }

  /** The outputs of a convolution without bias over windows [.., inputs] that do not overlap. */
  public Tensor convolve(Tensor windows, String layer) {
    Tensor kernel = get(layer + ".weight");
    return compute.linear(windows, kernel.reshape(kernel.side(0), -1));
  }

  /**
   * x · weightᵀ of the final projection, which has no bias.
   *
   * <p>Always in float32: it is little work, and the logits multiply its rounding error by 100.
   */
  public Tensor project(Tensor x, String layer) {
    return x.linear(get(layer + ".weight"));
  }

  /** Layer normalisation of x. */
  public Tensor layerNorm(Tensor x, String layer, double epsilon) {
    return x.layerNorm(get(layer + ".weight"), get(layer + ".bias"), epsilon);
  }
}
