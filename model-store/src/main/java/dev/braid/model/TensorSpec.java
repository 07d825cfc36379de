package dev.braid.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Name and shape of one float32 tensor; a scalar has the empty shape. */
public record TensorSpec(String name, List<Long> shape) implements Serializable {
  public TensorSpec {
    Check.argument(!name.isBlank(), "Invalid tensor name: '%s' (not blank)", name);
    shape = List.copyOf(shape);
    for (long side : shape) {
      Check.argument(side > 0, "Invalid shape of tensor %s: %s (sides are positive)", name, shape);
    }
  }

  /** A tensor of this name with the given sides. */
  public static TensorSpec of(String name, long... sides) {
    return new TensorSpec(name, Arrays.stream(sides).boxed().toList());
  }

  /** The number of elements. */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
