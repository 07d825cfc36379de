package dev.braid.report.page;

import dev.braid.report.Conditions;
import dev.braid.report.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strategy's results for one order and seed: the same models under several protocols.
 *
 * @param results one per protocol
 */
record Run(String order, long seed, List<Result> results) {
  Run {
    results = List.copyOf(results);
  }

  /** Groups results into runs, in the order of first occurrence. */
  static List<Run> of(List<Result> results) {
    Map<String, List<Result>> byRun = new LinkedHashMap<>();
    for (Result result : results) {
      Conditions conditions = result.conditions();
      byRun
          .computeIfAbsent(conditions.seed() + " " + conditions.order(), key -> new ArrayList<>())
          .add(result);
    }
    return byRun.values().stream().map(Run::ofOne).toList();
  }

  private static Run ofOne(List<Result> results) {
    Conditions first = results.get(0).conditions();
    return new Run(first.order(), first.seed(), results);
  }

  /** The name in titles. */
  String name() {
    return "order " + order + ", seed " + seed;
  }

  /** The names of its protocols. */
  List<String> protocols() {
    return results.stream().map(result -> result.conditions().protocol()).toList();
  }
}
