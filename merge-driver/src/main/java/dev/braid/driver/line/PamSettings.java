package dev.braid.driver.line;

import static java.util.Objects.requireNonNull;

import dev.braid.model.Check;
import dev.braid.vlm.train.Alignment;
import dev.braid.vlm.train.Alignment.Reset;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a line of strategy "pam" is for life (METHODS 3).
 *
 * @param share of each tensor's entries whose signs are guarded in training, 0 to 1
 * @param every so many steps of a training are aligned; 0 for a tenth of its steps
 * @param reset what a guarded entry becomes whose sign has turned
 * @param weight of the new task in the average with all before, above 0 to 1
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

  /** How a training of so many steps is aligned with the model so far. */
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

  /** The settings that a model notes. */
  public static PamSettings of(Map<String, String> noted) {
    return new PamSettings(
        Double.parseDouble(value(noted, SHARE)),
        Integer.parseInt(value(noted, EVERY)),
        Reset.of(value(noted, RESET)),
        Float.parseFloat(value(noted, WEIGHT)));
  }

  private static String value(Map<String, String> noted, String name) {
    return requireNonNull(noted.get(name), name);
  }
}
