package dev.braid.vlm.train;

import dev.braid.model.Check;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a training that goes on from an earlier one is held to that one's signs (PAM, arXiv
 * 2506.03189; METHODS 3).
 *
 * <p>A signed value is an adapter's entry itself; of full fine-tuning it is how far the weight is
 * from the base's. Where the sign is the opposite of the one at the start, two trainings would undo
 * each other when they are averaged.
 *
 * @param share of a tensor's entries, the largest at the start, whose signs are guarded; 0 to 1
 * @param every so many steps the guarded entries are aligned, but not behind the last step
 * @param reset what a guarded entry in conflict becomes
 */
public record Alignment(double share, int every, Reset reset) implements Serializable {
  /** A training has so many alignments, one of them behind its end, unless told otherwise. */
  private static final int PARTS = 10;

  /** What becomes of a guarded entry whose sign has turned. */
  public enum Reset {
    /** What it was at the start. */
    GLOBAL,
    /** Zero; of full fine-tuning the base's weight. */
    ZERO;

    /** The name in settings. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The reset of this name. */
    public static Reset of(String label) {
      return Arrays.stream(values())
          .filter(reset -> reset.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Invalid reset: %s (%s)".formatted(label, String.join(" or ", labels()))));
    }

    private static List<String> labels() {
      return Arrays.stream(values()).map(Reset::label).toList();
    }
  }

  public Alignment {
    Check.argument(share >= 0 && share <= 1, "Invalid share of an alignment: %s (0 to 1)", share);
    Check.argument(every > 0, "Invalid steps between alignments: %s (at least 1)", every);
  }

  /** The usual steps from one alignment to the next in a training of so many. */
  public static int usualSteps(int steps) {
    return Math.max(1, steps / PARTS);
  }

  /** Whether to align when so many steps of all have been done. */
  boolean isDue(int done, int steps) {
    return done % every == 0 && done < steps;
  }
}
