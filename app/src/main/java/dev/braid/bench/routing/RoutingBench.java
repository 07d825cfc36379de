package dev.braid.bench.routing;

import dev.braid.inference.EvaluationSet;
import dev.braid.inference.StatisticsRouting;
import dev.braid.inference.WeightsRef;
import dev.braid.inference.statistics.LinearDiscriminant;
import dev.braid.inference.statistics.Posterior;
import dev.braid.inference.statistics.Threshold;
import dev.braid.jobs.encode.EncodeJob;
import dev.braid.jobs.encode.StatisticsJob;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.model.record.Features;
import dev.braid.store.FeatureChunk;
import dev.braid.store.ModelStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * How well statistics find the task of a picture, and how well they notice a picture of no learned
 * task (METHODS 2.8). Nothing is trained: the base's features are all that it needs.
 */
public final class RoutingBench {
  private final ModelStore store;
  private final StatisticsJob statistics;
  private final EncodeJob encode;

  public RoutingBench(ModelStore store, StatisticsJob statistics, EncodeJob encode) {
    this.store = store;
    this.statistics = statistics;
    this.encode = encode;
  }

  /**
   * The figures of one task, on its test pictures.
   *
   * @param routed the share that is routed to the task, if all tasks are learned
   * @param flagged the share that is then taken for pictures of no learned task
   * @param auroc of the relative distance, if only the other tasks are learned: this task's
   *     pictures against theirs
   * @param detected the share that is then taken for pictures of no learned task
   */
  public record Row(TaskId task, double routed, double flagged, double auroc, double detected) {}

  /**
   * The figures of all tasks.
   *
   * @param sets at least two
   */
  public List<Row> run(List<EvaluationSet> sets) {
    Check.argument(
        sets.size() >= 2, "Cannot leave a task out: there are %s (at least two)", sets.size());
    SortedMap<TaskId, Digest> digests = new TreeMap<>();
    sets.forEach(set -> digests.put(set.task(), statistics.run(set.dataset())));
    LinearDiscriminant all = StatisticsRouting.discriminant(store, digests);
    Threshold threshold = threshold(all, sets);
    List<Row> rows = new ArrayList<>();
    for (EvaluationSet set : sets) {
      SortedMap<TaskId, Digest> others = new TreeMap<>(digests);
      others.remove(set.task());
      List<EvaluationSet> otherSets = sets.stream().filter(each -> !each.equals(set)).toList();
      LinearDiscriminant withoutIt = StatisticsRouting.discriminant(store, others);
      double[] unknown = distances(withoutIt, set, Split.TEST);
      double[] known =
          otherSets.stream()
              .flatMapToDouble(each -> DoubleStream.of(distances(withoutIt, each, Split.TEST)))
              .toArray();
      rows.add(
          new Row(
              set.task(),
              mean(values(all, set, Split.TEST, posterior -> nearest(posterior, set.task()))),
              share(threshold, distances(all, set, Split.TEST)),
              Auroc.of(unknown, known),
              share(threshold(withoutIt, otherSets), unknown)));
    }
    return rows;
  }

  private Threshold threshold(LinearDiscriminant discriminant, List<EvaluationSet> sets) {
    return Threshold.of(
        sets.stream()
            .flatMapToDouble(set -> DoubleStream.of(distances(discriminant, set, Split.VALIDATION)))
            .toArray());
  }

  private static double nearest(Posterior posterior, TaskId task) {
    double own = posterior.probability(task);
    return posterior.tasks().stream().allMatch(other -> posterior.probability(other) <= own)
        ? 1
        : 0;
  }

  private double[] distances(LinearDiscriminant discriminant, EvaluationSet set, Split split) {
    return values(discriminant, set, split, Posterior::relativeDistance);
  }

  private double[] values(
      LinearDiscriminant discriminant,
      EvaluationSet set,
      Split split,
      ToDoubleFunction<Posterior> value) {
    Features features = encode.run(new WeightsRef.Base(), set.dataset(), split);
    DoubleStream.Builder values = DoubleStream.builder();
    for (int part = 0; part < features.parts().size(); part++) {
      for (float[] picture : FeatureChunk.read(features, part, store.objects()).vectors()) {
        values.add(value.applyAsDouble(discriminant.posterior(picture)));
      }
    }
    return values.build().toArray();
  }

  private static double share(Threshold threshold, double[] distances) {
    return mean(
        Arrays.stream(distances).map(distance -> threshold.exceededBy(distance) ? 1 : 0).toArray());
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
