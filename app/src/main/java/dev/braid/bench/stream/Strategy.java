package dev.braid.bench.stream;

import java.util.SortedMap;

/** A way to learn tasks that come one after the other. */
public interface Strategy {
  /** Its name in settings and reports. */
  String name();

  /** Where it comes from. */
  String source();

  /** What was chosen, by name. */
  SortedMap<String, String> settings();

  /** Learns the tasks in their order; who has learned so far may look at no later one. */
  StreamResult learn(StreamContext streamContext);
}
