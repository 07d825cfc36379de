package dev.braid.driver.gate;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.figures.GateInput;
import dev.braid.model.figures.GateInput.Change;
import dev.braid.model.figures.GateInput.UnionChange;
import dev.braid.model.figures.GateResult;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.figures.PairedCounts;
import dev.braid.model.figures.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether a candidate may become the line's next version, only by figures on validation
 * splits. docs/gate.md explains the rule and lists what samples of different sizes can show.
 *
 * @param rule the permitted losses
 */
public record Gate(Rule rule) {
  /** Below this number of pictures, a sample's interval is wider than most tasks' distance. */
  private static final int SMALL_SAMPLE = 20;

  /**
   * The gate's settings.
   *
   * @param maxDrop by how much the accuracy of a known task may fall below that at the head, in
   *     0..1
   * @param maxTotalDrop by how much it may fall below that when the task was learned, in 0..1; at
   *     least {@code maxDrop}
   * @param maxUnionDrop by how much it may fall below that at the head where the task of a picture
   *     is unknown, in 0..1
   * @param health the limits of the merge health
   */
  public record Rule(
      double maxDrop, double maxTotalDrop, double maxUnionDrop, MergeHealth.Limits health) {
    public Rule {
      Check.argument(
          maxDrop >= 0 && maxDrop <= 1, "Invalid max-drop: %s points (0 to 100)", 100 * maxDrop);
      Check.argument(
          maxTotalDrop >= maxDrop && maxTotalDrop <= 1,
          "Invalid max-total-drop: %s points (at least max-drop, %s, and at most 100: raise it with"
              + " max-drop)",
          100 * maxTotalDrop,
          100 * maxDrop);
      Check.argument(
          maxUnionDrop >= 0 && maxUnionDrop <= 1,
          "Invalid max-union-drop: %s points (0 to 100)",
          100 * maxUnionDrop);
    }
  }

  /** The decision, with all reasons against the candidate. */
  public GateResult decide(GateInput input) {
    List<String> reasons = new ArrayList<>(input.alarms());
    checkAboveChance(input, reasons);
    if (input.added().fallsBeyond(0)) {
      reasons.add(
          text("%s is worse than the base: %s", input.task(), described(input.added(), "base")));
    }
    input.known().forEach((task, change) -> check(task, change, reasons));
    input
        .union()
        .ifPresent(
            union -> union.known().forEach((task, change) -> check(input, task, change, reasons)));
    return new GateResult(reasons);
  }

  private static void checkAboveChance(GateInput input, List<String> reasons) {
    Proportion share = input.candidate();
    double chance = 1.0 / input.classes();
    if (share.total() < SMALL_SAMPLE && share.value() <= chance) {
      reasons.add(
          text("%s is not above chance: %s, chance %.1f %%", input.task(), share, 100 * chance));
    } else if (share.total() >= SMALL_SAMPLE && share.lowerBound() <= chance) {
      reasons.add(
          text(
              "%s is not above chance: %s, 95 %% interval from %.1f %%, chance %.1f %%",
              input.task(), share, 100 * share.lowerBound(), 100 * chance));
    }
  }

  private void check(TaskId task, Change change, List<String> reasons) {
    PairedCounts night = change.night();
    if (night.fallsBeyond(rule.maxDrop())) {
      reasons.add(
          text(
              "%s would fall by %.1f points (at most %.1f): %s",
              task, 100 * night.drop(), 100 * rule.maxDrop(), described(night, "at the head")));
    }
    if (change.fallsSinceLearned(rule.maxTotalDrop())) {
      Proportion learned = change.learned().orElseThrow();
      reasons.add(
          text(
              "%s would fall by %.1f points since it was learned (at most %.1f): %s, when learned"
                  + " %s",
              task,
              100 * (learned.value() - night.after().value()),
              100 * rule.maxTotalDrop(),
              night.after(),
              learned));
    }
  }

  private void check(GateInput input, TaskId task, UnionChange change, List<String> reasons) {
    PairedCounts night = change.night();
    if (night.fallsBeyond(rule.maxUnionDrop())) {
      reasons.add(
          text(
              "%s would fall by %.1f points where nobody names the task (at most %.1f): %s; %d are"
                  + " taken for %s",
              task,
              100 * night.drop(),
              100 * rule.maxUnionDrop(),
              described(night, "at the head"),
              change.taken(),
              input.task()));
    }
  }

  private static String described(PairedCounts pair, String before) {
    return text(
        "%s, %s %s; %d pictures lost, %d gained",
        pair.after(), before, pair.before(), pair.lost(), pair.gained());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
