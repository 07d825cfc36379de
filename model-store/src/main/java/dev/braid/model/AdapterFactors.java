package dev.braid.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The tensors of a low-rank adapter (METHODS 2.1): an adapted linear of weight W computes W + scale
 * · B · A, with A [rank, inputs] and B [outputs, rank].
 */
public final class AdapterFactors {
  private static final String WEIGHT = ".weight";
  private static final String A = ".lora_A.weight";
  private static final String B = ".lora_B.weight";

  private AdapterFactors() {}

  /** The name of a linear's factor A. */
  public static String a(String linear) {
    return linear + A;
  }

  /** The name of a linear's factor B. */
  public static String b(String linear) {
    return linear + B;
  }

  /**
   * The linears of a base whose names have one of these endings, in the base's order.
   *
   * @param endings such as "mlp.fc1"
   * @throws IllegalArgumentException if an ending names no linear
   */
  public static List<String> linears(List<TensorSpec> base, List<String> endings) {
    Set<String> unused = new TreeSet<>(endings);
    List<String> linears = new ArrayList<>();
    for (TensorSpec tensor : weights(base)) {
      for (String ending : endings) {
        if (("." + tensor.name()).endsWith("." + ending + WEIGHT)) {
          unused.remove(ending);
          linears.add(linear(tensor));
          break;
        }
      }
    }
    Check.argument(
        unused.isEmpty(),
        "Invalid adapter targets: %s (no linear of the base has such a name; mlp.fc1 is an"
            + " example)",
        unused);
    return linears;
  }

  /**
   * The factors of these linears, A before B, in the base's order.
   *
   * @throws IllegalArgumentException if the base has no such linear, or the rank is larger than one
   */
  public static List<TensorSpec> of(List<TensorSpec> base, List<String> linears, int rank) {
    Set<String> missing = new TreeSet<>(linears);
    List<TensorSpec> factors = new ArrayList<>();
    for (TensorSpec tensor : weights(base)) {
      if (missing.remove(linear(tensor))) {
        long outputs = tensor.shape().get(0);
        long inputs = tensor.shape().get(1);
        Check.argument(
            rank > 0 && rank <= Math.min(inputs, outputs),
            "Invalid adapter rank: %s (1 to %s, the smaller side of %s)",
            rank,
            Math.min(inputs, outputs),
            tensor.name());
        factors.add(TensorSpec.of(a(linear(tensor)), rank, inputs));
        factors.add(TensorSpec.of(b(linear(tensor)), outputs, rank));
      }
    }
    Check.argument(
        missing.isEmpty(), "Invalid adapter targets: %s (no linears of the base)", missing);
    return factors;
  }

  /** The linear that a tensor is the weight of. */
  public static String linear(TensorSpec weight) {
    String name = weight.name();
    return name.endsWith(WEIGHT) ? name.substring(0, name.length() - WEIGHT.length()) : name;
  }

  /** The weights of the base's linears: matrices with a bias, which tables of embeddings lack. */
  private static List<TensorSpec> weights(List<TensorSpec> base) {
    Set<String> names = base.stream().map(TensorSpec::name).collect(Collectors.toSet());
    return base.stream()
        .filter(tensor -> tensor.shape().size() == 2 && tensor.name().endsWith(WEIGHT))
        .filter(tensor -> names.contains(linear(tensor) + ".bias"))
        .toList();
  }
}
