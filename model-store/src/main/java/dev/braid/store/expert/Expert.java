package dev.braid.store.expert;

import dev.braid.model.Check;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.store.vector.FloatReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** The base plus a delta, in float32, tensor by tensor; untrained tensors are the base's. */
public record Expert(Weights base, ParameterSpace space, Supplier<FloatReader> delta)
    implements Weights {
  /*
   * Both vectors are read once, at the same time, so the trained tensors must be in the
   * base's order. Besides the consumer's own, one tensor of each is in memory.
   */
  public Expert {
    Check.argument(
        space.kind() instanceof ParameterKind.Full,
        "Cannot add an adapter's delta to the base: its tensors are not the base's");
    Iterator<TensorSpec> all = base.tensors().iterator();
    for (TensorSpec trained : space.tensors()) {
      boolean found = false;
      while (!found && all.hasNext()) {
        found = all.next().equals(trained);
      }
      Check.argument(
          found,
          "Cannot add a delta to the base: %s %s is not in it, or not in this order",
          trained.name(),
          trained.shape());
    }
  }

  @Override
  public List<TensorSpec> tensors() {
    return base.tensors();
  }

  @Override
  public void forEach(Reader reader) throws IOException {
    try (FloatReader values = delta.get()) {
      Sum sum = new Sum(space.tensors(), values);
      base.forEach(tensor -> reader.accept(sum.tuned(tensor)));
    }
  }

  /** Adds the delta's next tensor to the base's tensor of that name. */
  private static final class Sum {
    private final List<TensorSpec> trained;
    private final FloatReader values;
    private int next;

    Sum(List<TensorSpec> trained, FloatReader values) {
      this.trained = trained;
      this.values = values;
    }

    NamedTensor tuned(NamedTensor tensor) {
      if (next == trained.size() || !tensor.spec().equals(trained.get(next))) {
        return tensor;
      }
      next++;
      float[] sum = new float[tensor.values().length];
      values.read(sum);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += tensor.values()[j];
      }
      return new NamedTensor(tensor.spec(), sum);
    }
  }
}
