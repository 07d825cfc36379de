package dev.braid.inference;

import dev.braid.inference.statistics.LinearDiscriminant;
import dev.braid.inference.statistics.Posterior;
import dev.braid.inference.statistics.Route;
import dev.braid.inference.statistics.Router;
import dev.braid.inference.statistics.Threshold;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.Calibration;
import dev.braid.model.record.RoutingRule;
import dev.braid.model.record.TaskStatistics;
import dev.braid.store.ModelStore;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rule of a version with its statistics in memory (METHODS 2.8). It does not change. */
public final class StatisticsRouting {
  private final LinearDiscriminant discriminant;
  private final Router router;
  private final RoutingRule.Statistics rule;

  /** Reads the statistics of the rule's tasks. */
  public StatisticsRouting(ModelStore store, RoutingRule.Statistics rule) {
    SortedMap<TaskId, Digest> statistics = new TreeMap<>();
    rule.tasks().forEach((task, own) -> statistics.put(task, own.statistics()));
    this.discriminant = discriminant(store, statistics);
    this.router = new Router(new Threshold(rule.threshold()), rule.experts());
    this.rule = rule;
  }

  /**
   * The discriminant of tasks.
   *
   * @param statistics digest of the statistics of each task
   * @throws IllegalArgumentException if the pictures of the tasks cannot be told apart
   */
  public static LinearDiscriminant discriminant(ModelStore store, Map<TaskId, Digest> statistics) {
    SortedMap<TaskId, TaskStatistics> tasks = new TreeMap<>();
    statistics.forEach((task, digest) -> tasks.put(task, store.records().statistics(digest)));
    return LinearDiscriminant.of(tasks);
  }

  /** What the statistics say about the base's unit feature of a picture. */
  public Posterior posterior(float[] feature) {
    return discriminant.posterior(feature);
  }

  /** Whether a picture is of no learned task. */
  public boolean isOfNoTask(Posterior posterior) {
    return router.isOfNoTask(posterior);
  }

  /**
   * How much further than the threshold a picture is from the learned tasks: above 0 it is of none
   * of them. Empty if the version has no threshold.
   */
  public OptionalDouble ofNoTask(Posterior posterior) {
    return rule.threshold() == Threshold.NONE.value()
        ? OptionalDouble.empty()
        : OptionalDouble.of(posterior.relativeDistance() - rule.threshold());
  }

  /**
   * Which experts answer a picture.
   *
   * <p>If all candidates are classes of learned tasks, so is the answer, and the experts know them
   * better than the base, even of a picture that is unlike all others.
   *
   * @param hasOthers whether a candidate is no class of a learned task
   */
  public Route route(Posterior posterior, boolean hasOthers) {
    return hasOthers ? router.route(posterior) : router.ofTasks(posterior);
  }

  /** How the answers of a task become probabilities. */
  public Calibration calibration(TaskId task) {
    RoutingRule.OfTask own = rule.tasks().get(task);
    if (own == null) {
      throw new IllegalArgumentException(
          "Invalid task: %s (one of %s)".formatted(task, rule.tasks().keySet()));
    }
    return own.calibration();
  }
}
