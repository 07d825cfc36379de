package dev.braid.model.record;

/** What the next merge step starts from (METHODS 2.4, 2.5); fixed for a line. */
public enum MergeState {
  /** The old tasks as the version before decouples them: the paper's loop. */
  DECOUPLED("decoupled"),
  /** The original deltas, through running sums and extremes: no drift. */
  DELTAS("deltas");

  private final String label;

  MergeState(String label) {
    this.label = label;
  }

  /** The name in settings and stored JSON. */
  public String label() {
    return label;
  }

  /** The truth of this name. */
  public static MergeState of(String label) {
    for (MergeState mergeState : values()) {
      if (mergeState.label.equals(label)) {
        return mergeState;
      }
    }
    throw new IllegalArgumentException("Invalid truth: %s (decoupled or deltas)".formatted(label));
  }
}
