package dev.braid.driver.gate;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.MergeHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether a candidate may become the line's next version (DESIGN 1), only by figures on
 * validation splits.
 *
 * @param rule the permitted losses
 */
public record Gate(Rule rule) {
  /** Absorbs the rounding of a difference of two shares; far below one picture of any sample. */
  private static final double ROUNDING = 1e-9;

  /**
   * The gate's settings.
   *
   * @param maxDrop by how much the accuracy of a known task may fall below that at the head, in
   *     0..1
   * @param health the limits of the merge health
   */
  public record Rule(double maxDrop, MergeHealth.Limits health) {
    public Rule {
      Check.argument(maxDrop >= 0 && maxDrop <= 1, "Invalid max-drop: %s (0 to 1)", maxDrop);
    }
  }

  /** The decision, with all reasons against the candidate. */
  public GateResult decide(GateInput input) {
    List<String> reasons = new ArrayList<>(input.alarms());
    double chance = 1.0 / input.classes();
    if (input.candidate().lowerBound() <= chance) {
      reasons.add(
          text(
              "%s is not above chance: %s, 95 %% interval from %.1f %%, chance %.1f %%",
              input.task(), input.candidate(), 100 * input.candidate().lowerBound(), 100 * chance));
    }
    if (input.candidate().value() < input.base().value() - ROUNDING) {
      reasons.add(
          text(
              "%s is worse than the base: %s, base %s",
              input.task(), input.candidate(), input.base()));
    }
    input.known().forEach((task, change) -> decide(task, change, reasons));
    return new GateResult(reasons);
  }

  private void decide(TaskId task, Change change, List<String> reasons) {
    double drop = change.head().value() - change.candidate().value();
    if (drop > rule.maxDrop() + ROUNDING) {
      reasons.add(
          text(
              "%s would fall by %.1f points (at most %.1f): %s, at the head %s",
              task, 100 * drop, 100 * rule.maxDrop(), change.candidate(), change.head()));
    }
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
