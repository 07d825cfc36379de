package dev.braid.report;

import dev.braid.model.Check;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is measured: a strategy as it was set.
 *
 * @param strategy its name, one for each set of settings
 * @param source where the method comes from, such as "arXiv 2503.10705"
 * @param settings what was chosen, by name
 */
public record Contender(String strategy, String source, SortedMap<String, String> settings) {
  public Contender {
    Check.argument(!strategy.isBlank(), "Invalid strategy: no name");
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }
}
