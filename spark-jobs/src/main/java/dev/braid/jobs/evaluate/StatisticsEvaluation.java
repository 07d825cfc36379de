package dev.braid.jobs.evaluate;

import dev.braid.inference.Classifier;
import dev.braid.inference.StatisticsRouting;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.encode.StoredFeatures;
import dev.braid.jobs.evaluate.SetEvaluation.Result;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.ModelStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Evaluates sets by rules of statistics (METHODS 2.8), from stored features; for one thread. */
final class StatisticsEvaluation {
  private final ModelStore store;
  private final EvaluationSpec spec;
  private final StoredFeatures features;
  private final DatasetRecords datasets;
  private final Map<RoutingRule.Statistics, StatisticsRouting> routings = new HashMap<>();

  StatisticsEvaluation(
      ModelStore store, EvaluationSpec spec, StoredFeatures features, DatasetRecords datasets) {
    this.store = store;
    this.spec = spec;
    this.features = features;
    this.datasets = datasets;
  }

  /**
   * The score of a set, or the requests for missing features.
   *
   * @param rows the offsets of its pictures, chunk by chunk
   */
  Result of(
      EvaluationUnit set,
      Classifier.RoutedExperts model,
      RoutingRule.Statistics rule,
      List<List<Integer>> rows) {
    StatisticsRouting routing =
        routings.computeIfAbsent(rule, unread -> new StatisticsRouting(store, unread));
    SetFeatures found = new SetFeatures(features, set, spec.split());
    return new StatisticsSet(set, model, routing, rows, found, datasets, store.objects())
        .result(spec.protocol());
  }
}
