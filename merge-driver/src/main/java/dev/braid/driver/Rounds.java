package dev.braid.driver;

import dev.braid.model.Check;

/**
 * How the work of one training is cut.
 *
 * @param replicas copies that learn side by side, each on its part of the pictures
 * @param steps after which state is saved, and replicas meet
 */
public record Rounds(int replicas, int steps) {
  public Rounds {
    Check.argument(replicas > 0, "Invalid replicas: %s (at least 1)", replicas);
    Check.argument(steps > 0, "Invalid steps of a round: %s (at least 1)", steps);
  }
}
