package dev.braid.model.record;

import java.util.Arrays;
import java.util.Optional;

/** What an output of a stage is; docs/format.md lists the stages that have it. */
public enum Output {
  ALIGNMENTS("alignments"),
  DATASET("data-set"),
  DELTA("delta"),
  FEATURES("features"),
  HEALTH("health"),
  MODEL("model"),
  PROTOTYPES("prototypes"),
  SCORE("score"),
  STATISTICS("statistics"),
  TASK("task");

  private final String label;

  Output(String label) {
    this.label = label;
  }

  /** The name in stored receipts. */
  public String label() {
    return label;
  }

  /** The output of this name; empty if only a newer release knows it. */
  public static Optional<Output> find(String label) {
    return Arrays.stream(values()).filter(output -> output.label.equals(label)).findFirst();
  }

  @Override
  public String toString() {
    return label;
  }
}
