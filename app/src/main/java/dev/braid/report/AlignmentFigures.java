package dev.braid.report;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.vlm.train.Conflicts;

/**
 * How much a task's adapter disagreed with the global one when it was about to be aligned (PAM).
 *
 * @param task the one being learned
 * @param step of its training, from 1
 * @param inMask the share of the mask's entries at which the signs are opposite, 0..1
 * @param overall the same share of all entries
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

  /** Those of a task's training. */
  public static AlignmentFigures of(TaskId task, Conflicts found) {
    return new AlignmentFigures(task, found.step(), found.insideMask(), found.overall());
  }
}
