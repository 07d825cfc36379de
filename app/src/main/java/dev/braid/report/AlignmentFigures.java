package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.vlm.train.Conflicts;

/**
 * How far a task's adapter conflicted with the global one just before an alignment (PAM).
 *
 * @param task the task being learned
 * @param step the training step, from 1
 * @param inMask the share of the mask's entries with opposite signs, 0..1
 * @param overall the share of all entries with opposite signs, 0..1
 */
public record AlignmentFigures(TaskId task, int step, double inMask, double overall) {
  public AlignmentFigures {
    Check.argument(step > 0, "Invalid alignment of %s: step %s (at least 1)", task, step);
    Check.argument(
        inMask >= 0 && inMask <= 1 && overall >= 0 && overall <= 1,
        "Invalid alignment of %s: conflicts of %s and %s (0 to 1)",
        task,
        inMask,
        overall);
  }

  /** The figures of an alignment in a task's training. */
  public static AlignmentFigures of(TaskId task, Conflicts conflicts) {
    return new AlignmentFigures(
        task, conflicts.step(), conflicts.insideMask(), conflicts.overall());
  }
}
