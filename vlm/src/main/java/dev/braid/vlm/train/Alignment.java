package dev.braid.vlm.train;

import dev.braid.model.Check;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Keeps the signs of a training that continues an earlier one (PAM, arXiv 2506.03189; METHODS 3).
 *
 * <p>The signed value is an adapter's entry itself or, in full fine-tuning, the difference of the
 * weight from the base's. If its sign is opposite to the one at the start, the two trainings cancel
 * each other when they are averaged.
 *
 * @param share of a tensor's entries, the largest at the start, whose signs are guarded; 0 to 1
 * @param every the number of steps between alignments; there is none after the last step
 * @param reset the new value of a guarded entry in conflict
 */
public record Alignment(double share, int every, Reset reset) implements Serializable {
  /** By default a training is divided into this many parts, with an alignment between them. */
  private static final int PARTS = 10;

  /** The new value of a guarded entry whose sign has changed. */
  public enum Reset {
    /** Its value at the start. */
    GLOBAL,
    /** Zero or, in full fine-tuning, the base's weight. */
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

  /** The default number of steps between alignments in a training of this many steps. */
  public static int usualSteps(int steps) {
    return Math.max(1, steps / PARTS);
  }

  /** Whether an alignment is due after this many of all steps. */
  boolean isDue(int done, int steps) {
    return done % every == 0 && done < steps;
  }
}
