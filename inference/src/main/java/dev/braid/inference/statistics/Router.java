package dev.braid.inference.statistics;

import dev.braid.model.Check;
import java.util.List;

/**
 * Chooses the experts that run for a picture whose task is unknown.
 *
 * @param threshold above which the base answers alone
 * @param experts the largest number of experts for a picture; at least 1
 */
public record Router(Threshold threshold, int experts) {
  /** An expert whose task is less probable does not run. */
  public static final double LEAST_PROBABILITY = 0.01;

  public Router {
    Check.argument(experts >= 1, "Invalid number of experts: %s (at least 1)", experts);
  }

  /** Whether the picture is of no learned task. */
  public boolean isOfNoTask(Posterior posterior) {
    return threshold.exceededBy(posterior.relativeDistance());
  }

  /**
   * The base for a picture of no learned task, and the experts of {@link #ofTasks} for all others.
   */
  public Route route(Posterior posterior) {
    return isOfNoTask(posterior) ? Route.TO_BASE : ofTasks(posterior);
  }

  /**
   * The experts that run if the picture is of one of the tasks: those of the most probable ones,
   * without tasks below {@link #LEAST_PROBABILITY}; the most probable one always runs. Their
   * weights are p(t|x), divided by the sum over those that run. At equal probability, the task
   * whose name is first comes first.
   */
  public Route ofTasks(Posterior posterior) {
    List<TaskProbability> ranked = posterior.ranked();
    List<TaskProbability> chosen =
        ranked.stream()
            .limit(experts)
            .filter(each -> each.equals(ranked.get(0)) || each.probability() >= LEAST_PROBABILITY)
            .toList();
    double sum = 0;
    for (TaskProbability each : chosen) {
      sum += each.probability();
    }
    double whole = sum;
    return new Route(
        chosen.stream()
            .map(each -> new Route.Choice(each.task(), each.probability() / whole))
            .toList());
  }
}
