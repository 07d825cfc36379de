package dev.braid.vlm.tensor;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The precision in which a network's large matrix products are computed. */
public enum Compute {
  /** Single precision, like everything else. */
  FLOAT32 {
    @Override
    public Tensor linear(Tensor x, Tensor weight) {
      return x.linear(weight);
    }

    @Override
    public Tensor linear(Tensor x, Tensor weight, Tensor bias) {
      return x.linear(weight, bias);
    }
  },

  /**
   * Operands, results and their gradients are rounded to bfloat16, but not the sums inside a
   * product. Results are converted back to float32.
   */
  BFLOAT16 {
    @Override
    public Tensor linear(Tensor x, Tensor weight) {
      return x.linearInBfloat16(weight);
    }

    @Override
    public Tensor linear(Tensor x, Tensor weight, Tensor bias) {
      return x.linearInBfloat16(weight, bias);
    }
  };

  /** x · weightᵀ. */
  public abstract Tensor linear(Tensor x, Tensor weight);

  /** x · weightᵀ + bias. */
  public abstract Tensor linear(Tensor x, Tensor weight, Tensor bias);

  /** The precision of this name. */
  public static Compute of(String name) {
    return Arrays.stream(values())
        .filter(compute -> compute.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(sentence(name)));
  }

  private static String sentence(String name) {
    return Arrays.stream(values())
        .map(Compute::toString)
        .collect(Collectors.joining(" or ", "Invalid compute: " + name + " (", ")"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
