package dev.braid.driver;

import dev.braid.model.Check;
import dev.braid.model.ModelRecord;
import dev.braid.model.Rescaler;
import dev.braid.model.Truth;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a line is for life, chosen when it begins.
 *
 * @param strategy how tasks are merged; so far "condu" alone
 * @param train what a task trains; so far "full" alone
 */
public record LineSettings(String strategy, String train, Truth truth, Rescaler rescaler) {
  private static final String FULL = "full";

  public LineSettings {
    Check.argument(strategy.equals("condu"), "Invalid strategy: %s (condu)", strategy);
    Check.argument(train.equals(FULL), "Invalid kind of training: %s (full)", train);
  }

  /** What the line of this model is. */
  public static LineSettings of(ModelRecord model) {
    return new LineSettings(model.strategy(), FULL, model.truth(), model.rescaler());
  }

  /** The settings by the names they have in reference.conf. */
  public SortedMap<String, String> toMap() {
    return new TreeMap<>(
        Map.of(
            "strategy",
            strategy,
            "train",
            train,
            "truth",
            truth.label(),
            "rescaler",
            rescaler.label()));
  }
}
