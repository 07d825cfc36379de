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
 * Decides whether a candidate may become the line's next version (DESIGN 1), by figures on
 * validation splits alone.
 *
 * @param rule what may be lost
 */
public record Gate(Rule rule) {
  /** Absorbs the rounding of a difference of two shares; far below one picture of any sample. */
  private static final double ROUNDING = 1e-9;

  /**
   * The gate's settings.
   *
   * @param maxDrop how much of its share at the head a known task may lose, in 0..1
   * @param health what a merge must not go beyond
   */
  public record Rule(double maxDrop, MergeHealth.Limits health) {
    public Rule {
      Check.argument(maxDrop >= 0 && maxDrop <= 1, "Invalid max-drop: %s (0 to 1)", maxDrop);
    }
  }

  /** Weighs the evidence. */
  public GateResult decide(GateInput evidence) {
    List<String> reasons = new ArrayList<>(evidence.alarms());
    double chance = 1.0 / evidence.classes();
    if (evidence.candidate().lowerBound() <= chance) {
      reasons.add(
          text(
              "%s is not above chance: %s, 95 %% interval from %.1f %%, chance %.1f %%",
              evidence.task(),
              evidence.candidate(),
              100 * evidence.candidate().lowerBound(),
              100 * chance));
    }
    if (evidence.candidate().value() < evidence.base().value() - ROUNDING) {
      reasons.add(
          text(
              "%s is worse than the base: %s, base %s",
              evidence.task(), evidence.candidate(), evidence.base()));
    }
    evidence.known().forEach((task, change) -> decide(task, change, reasons));
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
