package dev.braid.vlm.train;

import dev.braid.model.Check;
import java.io.Serializable;

/**
 * The conflicts that an alignment found and reset: signs opposite to those at the start.
 *
 * @param step the number of steps done by then
 * @param insideMask share of the guarded entries, in 0..1; 0 if none is guarded
 * @param overall share of all trained entries, in 0..1
 */
public record Conflicts(int step, double insideMask, double overall) implements Serializable {
  public Conflicts {
    Check.argument(step > 0, "Invalid step of an alignment: %s (at least 1)", step);
    checkShare(insideMask);
    checkShare(overall);
  }

  private static void checkShare(double share) {
    Check.argument(share >= 0 && share <= 1, "Invalid share of conflicts: %s (0 to 1)", share);
  }
}
