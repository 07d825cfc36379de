package dev.braid.driver.strategy;

import dev.braid.model.Check;

/**
 * How a training is divided into rounds.
 *
 * @param replicas copies of the model that are trained in parallel, each on its part of the
 *     pictures
 * @param steps of one round, after which the state is saved and the replicas are combined
 */
public record Rounds(int replicas, int steps) {
  public Rounds {
    Check.argument(replicas > 0, "Invalid replicas: %s (at least 1)", replicas);
    Check.argument(steps > 0, "Invalid steps of a round: %s (at least 1)", steps);
  }
}
