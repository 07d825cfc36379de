package dev.braid.report;

import dev.braid.model.Check;

/**
 * The conditions of a measurement.
 *
 * @param protocol what is known at test time: known-task, own-labels or union-labels
 * @param order the name of the order in which the tasks are learned
 * @param seed the seed of every random draw
 */
public record Conditions(String protocol, String order, long seed) {
  public Conditions {
    Check.argument(!protocol.isBlank(), "Invalid protocol: no name");
    Check.argument(!order.isBlank(), "Invalid order: no name");
  }
}
