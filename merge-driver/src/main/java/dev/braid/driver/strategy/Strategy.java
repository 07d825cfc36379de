package dev.braid.driver.strategy;

import java.util.SortedMap;

/**
 * A way to learn tasks that arrive one after another.
 *
 * <p>A {@link LineStrategy} also serves lines; all others only appear in comparisons.
 */
public interface Strategy {
  /** Its name in settings and reports. */
  String name();

  /** Where it was published. */
  String source();

  /** Its settings by name, as reports show them. */
  SortedMap<String, String> settings();

  /** Learns the tasks in their order; no step may use a later task. */
  StreamResult learn(StreamContext context);
}
