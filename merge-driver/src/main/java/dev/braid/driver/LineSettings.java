package dev.braid.driver;

import dev.braid.model.Check;
import dev.braid.model.Rescaler;
import dev.braid.model.Truth;

/**
 * What a line is for life, chosen when it begins.
 *
 * @param strategy how tasks are merged; so far "condu" alone
 * @param train what a task trains; so far "full" alone
 */
public record LineSettings(String strategy, String train, Truth truth, Rescaler rescaler) {
  public LineSettings {
    Check.argument(strategy.equals("condu"), "Invalid strategy: %s (condu)", strategy);
    Check.argument(train.equals("full"), "Invalid kind of training: %s (full)", train);
  }
}
