package dev.braid.model;

/** How a task's rescaler λ follows from its sums over groups (METHODS 2.2); fixed for a line. */
public enum RescalerKind {
  /** The sum of the groups' means of |δ|, divided by that of |M u|. */
  TENSOR_MEAN("tensor-mean"),
  /** The sum of all |δ|, divided by that of all |M u|. */
  GLOBAL("global"),
  /** One λ per group: its sum of |δ|, divided by that of |M u|. */
  PER_TENSOR("per-tensor");

  private final String label;

  RescalerKind(String label) {
    this.label = label;
  }

  /** The name in settings and stored JSON. */
  public String label() {
    return label;
  }

  /** The rescaler of this name. */
  public static RescalerKind of(String label) {
    for (RescalerKind rescalerKind : values()) {
      if (rescalerKind.label.equals(label)) {
        return rescalerKind;
      }
    }
    throw new IllegalArgumentException(
        "Invalid rescaler: %s (tensor-mean, global or per-tensor)".formatted(label));
  }
}
