package dev.braid.model;

import java.io.Serializable;
import java.util.List;

/** What the trained tensors of a parameter space are: the base's own, or an adapter's. */
public sealed interface ParameterKind extends Serializable {
  /** Full fine-tuning: tensors of the base itself. */
  record Full() implements ParameterKind {}

  /**
   * A low-rank adapter (METHODS 2.1).
   *
   * @param targets names of the adapted linears, in order
   * @param rank columns of the first factor
   * @param scale factor of the adapter's product
   * @param start digest of the fixed start that every task begins from
   */
  record Adapter(List<String> targets, int rank, float scale, Digest start)
      implements ParameterKind {
    public Adapter {
      targets = List.copyOf(targets);
      Check.argument(!targets.isEmpty(), "Invalid adapter targets: none (at least one)");
      Check.argument(rank > 0, "Invalid adapter rank: %s (positive)", rank);
      Check.argument(
          Float.isFinite(scale) && scale > 0, "Invalid adapter scale: %s (positive)", scale);
    }
  }
}
