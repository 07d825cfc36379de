package dev.braid.model.figures;

import java.util.List;

/** The gate's decision: the reasons against, none if the candidate may be published. */
public record GateResult(List<String> reasons) {
  public GateResult {
    reasons = List.copyOf(reasons);
  }

  /** The reasons as one sentence. */
  public String sentence() {
    return String.join("; ", reasons);
  }

  /** Whether the candidate may be published. */
  public boolean accepted() {
    return reasons.isEmpty();
  }
}
