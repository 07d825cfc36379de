package dev.braid.jobs.evaluate;

import dev.braid.model.Check;
import dev.braid.model.record.EnsembleWeights;
import java.io.Serializable;

/**
 * Which models answer a picture of an unknown task, and how much each counts.
 *
 * @param experts the number of experts that answer, in addition to the base
 */
public record RoutingSettings(int experts, EnsembleWeights weights) implements Serializable {
  public RoutingSettings {
    Check.argument(experts > 0, "Invalid experts for an unknown task: %s (at least 1)", experts);
  }
}
