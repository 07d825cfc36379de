package dev.braid.report;

import dev.braid.model.Check;

/**
 * Under which conditions something is measured.
 *
 * @param protocol what was known at test time: known-task, own-labels or union-labels
 * @param order the name of the order in which the tasks came
 * @param seed of every random draw
 */
public record Conditions(String protocol, String order, long seed) {
  public Conditions {
    Check.argument(!protocol.isBlank(), "Invalid protocol: no name");
    Check.argument(!order.isBlank(), "Invalid order: no name");
  }
}
