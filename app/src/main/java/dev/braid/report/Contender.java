package dev.braid.report;

import dev.braid.model.Check;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A strategy under comparison, with its settings.
 *
 * @param strategy the name, unique for each set of settings
 * @param source the publication of the method, such as "arXiv 2503.10705"
 * @param settings the chosen settings by name
 */
public record Contender(String strategy, String source, SortedMap<String, String> settings) {
  public Contender {
    Check.argument(!strategy.isBlank(), "Invalid strategy: no name");
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }
}
