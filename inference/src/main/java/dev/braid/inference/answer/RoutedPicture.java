package dev.braid.inference.answer;

import dev.braid.inference.statistics.Route;
import dev.braid.inference.statistics.TaskProbability;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A picture whose models are chosen.
 *
 * @param tasks how probable each learned task is, the most probable first; none if the task is
 *     known
 * @param logClasses for each expert of the route, the logarithms of the probabilities of its task's
 *     classes; without values if the statistics are not asked
 * @param ofNoTask how much further than the threshold it is from the learned tasks; empty if the
 *     statistics are not asked, or the version has no threshold
 * @param isOfNoTask whether it is of no learned task
 */
public record RoutedPicture(
    Route route,
    List<TaskProbability> tasks,
    List<double[]> logClasses,
    OptionalDouble ofNoTask,
    boolean isOfNoTask) {
  public RoutedPicture {
    tasks = List.copyOf(tasks);
    logClasses = List.copyOf(logClasses);
  }
}
