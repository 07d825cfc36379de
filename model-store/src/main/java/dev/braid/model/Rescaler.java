package dev.braid.model;

/** How a task's rescaler λ follows from its sums over groups (METHODS 2.2); fixed for a line. */
public enum Rescaler {
  /** The sum of the groups' means of |δ|, divided by that of |M u|. */
  TENSOR_MEAN("tensor-mean"),
  /** The sum of all |δ|, divided by that of all |M u|. */
  GLOBAL("global"),
  /** One λ per group: its sum of |δ|, divided by that of |M u|. */
  PER_TENSOR("per-tensor");

  private final String label;

  Rescaler(String label) {
    this.label = label;
  }

  /** The name in settings and stored JSON. */
  public String label() {
    return label;
  }

  /** The rescaler of this name. */
  public static Rescaler of(String label) {
    for (Rescaler rescaler : values()) {
      if (rescaler.label.equals(label)) {
        return rescaler;
      }
    }
    throw new IllegalArgumentException(
        "Invalid rescaler: %s (tensor-mean, global or per-tensor)".formatted(label));
  }
}
