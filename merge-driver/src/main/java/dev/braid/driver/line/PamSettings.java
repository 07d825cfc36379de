package dev.braid.driver.line;

import static java.util.Objects.requireNonNull;

import dev.braid.model.Check;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.Alignment.Reset;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The permanent properties of a line of strategy "pam" (METHODS 3).
 *
 * @param share of each tensor's entries whose signs are preserved in training, 0 to 1
 * @param every number of steps between alignments; 0 for a tenth of the training
 * @param reset the new value of such an entry after its sign has changed
 * @param weight of the new task in the average with the model so far, above 0 to 1
 */
public record PamSettings(double share, int every, Reset reset, float weight) {
  private static final String SHARE = "share";
  private static final String EVERY = "every";
  private static final String RESET = "reset";
  private static final String WEIGHT = "weight";

  public PamSettings {
    var unused = new Alignment(share, Math.max(1, every), reset);
    Check.argument(every >= 0, "Invalid every: %s (0 or more)", every);
    Check.argument(weight > 0 && weight <= 1, "Invalid weight: %s (above 0 to 1)", weight);
  }

  /** How a training of this many steps is aligned with the model so far. */
  public Alignment alignment(int steps) {
    return new Alignment(share, every == 0 ? Alignment.usualSteps(steps) : every, reset);
  }

  /** The settings by the names they have in reference.conf. */
  SortedMap<String, String> toMap() {
    return new TreeMap<>(
        Map.of(
            SHARE, Double.toString(share),
            EVERY, Integer.toString(every),
            RESET, reset.label(),
            WEIGHT, Float.toString(weight)));
  }

  /** The settings in a model record. */
  public static PamSettings of(Map<String, String> recorded) {
    return new PamSettings(
        Double.parseDouble(value(recorded, SHARE)),
        Integer.parseInt(value(recorded, EVERY)),
        Reset.of(value(recorded, RESET)),
        Float.parseFloat(value(recorded, WEIGHT)));
  }

  private static String value(Map<String, String> recorded, String name) {
    return requireNonNull(recorded.get(name), name);
  }
}
