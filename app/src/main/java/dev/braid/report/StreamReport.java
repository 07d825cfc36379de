package dev.braid.report;

import dev.braid.model.Check;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * All measurements of a stream of tasks: strategies, protocols, orders and seeds.
 *
 * @param title the title of the page
 * @param results at least one, without duplicates; strategies, protocols and orders are shown in
 *     the order of their first occurrence
 * @param provenance the origin of the figures, by name: digests, settings, versions, the command
 * @param references the strategies that serve as bounds, such as each expert alone, and are never
 *     marked as the best
 * @param head the head of the reported line; empty if the report is not about a line
 */
public record StreamReport(
    String title,
    List<Result> results,
    SortedMap<String, String> provenance,
    Set<String> references,
    Optional<LineHead> head) {
  public StreamReport {
    references = Set.copyOf(references);
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

  /** A report without references or a line. */
  public StreamReport(String title, List<Result> results, SortedMap<String, String> provenance) {
    this(title, results, provenance, Set.of(), Optional.empty());
  }

  /** This report with these strategies as references. */
  public StreamReport withReferences(Set<String> bounds) {
    return new StreamReport(title, results, provenance, bounds, head);
  }

  /** This report with the head of its line. */
  public StreamReport withHead(LineHead newest) {
    return new StreamReport(title, results, provenance, references, Optional.of(newest));
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

  /** The results of a strategy under a protocol, one per order and seed. */
  public List<Result> of(String strategy, String protocol) {
    return results.stream()
        .filter(result -> result.contender().strategy().equals(strategy))
        .filter(result -> result.conditions().protocol().equals(protocol))
        .toList();
  }

  /**
   * A metric over all orders and seeds; empty if the strategy was not measured under the protocol.
   */
  public Optional<Spread> spread(String strategy, String protocol, Metric metric) {
    List<Double> figures =
        of(strategy, protocol).stream().map(result -> metric.of(result.matrix())).toList();
    return figures.isEmpty() ? Optional.empty() : Optional.of(Spread.of(figures));
  }

  /**
   * Whether no other strategy, except references, has a better mean of the metric under the
   * protocol. A reference is never the best, nor is a strategy without rivals.
   */
  public boolean isBest(String strategy, String protocol, Metric metric) {
    Optional<Spread> own = spread(strategy, protocol, metric);
    List<Spread> rivals =
        strategies().stream()
            .filter(other -> !other.equals(strategy) && !references.contains(other))
            .flatMap(other -> spread(other, protocol, metric).stream())
            .filter(spread -> !spread.isMissing())
            .toList();
    return own.isPresent()
        && !own.get().isMissing()
        && !references.contains(strategy)
        && !rivals.isEmpty()
        && rivals.stream().noneMatch(rival -> metric.isBetter(rival.mean(), own.get().mean()));
  }

  /**
   * The mean over all tasks, orders and seeds after each step, 0 being the base; empty if the
   * strategy was not measured under the protocol or its runs differ in the number of tasks.
   */
  public List<Double> meanCourse(String strategy, String protocol) {
    List<Matrix> matrices = of(strategy, protocol).stream().map(Result::matrix).toList();
    if (matrices.stream().map(matrix -> matrix.rows().size()).distinct().count() != 1) {
      return List.of();
    }
    return IntStream.range(0, matrices.get(0).rows().size())
        .mapToObj(step -> mean(matrices, step))
        .toList();
  }

  private static double mean(List<Matrix> matrices, int step) {
    return matrices.stream().mapToDouble(matrix -> matrix.mean(step)).average().orElseThrow();
  }
}
