package dev.braid.report;

import dev.braid.model.Check;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that was measured of a stream of tasks: strategies, protocols, orders and seeds.
 *
 * @param title what readers see first
 * @param results at least one, none twice; strategies, protocols and orders are shown in the order
 *     in which they come here first
 * @param provenance what the figures rest on, by name: digests, settings, versions, the command
 */
public record StreamReport(
    String title, List<Result> results, SortedMap<String, String> provenance) {
  public StreamReport {
    results = List.copyOf(results);
    provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
    Check.argument(!title.isBlank(), "Invalid report: no title");
    Check.argument(!results.isEmpty(), "Invalid report: no results (at least one)");
    Set<String> seen = new HashSet<>();
    for (Result result : results) {
      String key = result.contender().strategy() + " under " + result.conditions();
      Check.argument(seen.add(key), "Invalid report: %s has two results", key);
    }
  }

  /** The strategies' names. */
  public List<String> strategies() {
    return results.stream().map(result -> result.contender().strategy()).distinct().toList();
  }

  /** The protocols' names. */
  public List<String> protocols() {
    return results.stream().map(result -> result.conditions().protocol()).distinct().toList();
  }

  /** The orders' names. */
  public List<String> orders() {
    return results.stream().map(result -> result.conditions().order()).distinct().toList();
  }

  /** The seeds. */
  public List<Long> seeds() {
    return results.stream().map(result -> result.conditions().seed()).distinct().toList();
  }

  /** The results of a strategy under a protocol, one an order and seed. */
  public List<Result> of(String strategy, String protocol) {
    return results.stream()
        .filter(result -> result.contender().strategy().equals(strategy))
        .filter(result -> result.conditions().protocol().equals(protocol))
        .toList();
  }

  /** A metric over all orders and seeds; empty if the strategy was not measured so. */
  public Optional<Spread> spread(String strategy, String protocol, Metric metric) {
    List<Double> figures =
        of(strategy, protocol).stream().map(result -> metric.of(result.matrix())).toList();
    return figures.isEmpty() ? Optional.empty() : Optional.of(Spread.of(figures));
  }
}
