package dev.braid.inference.statistics;

import dev.braid.model.TaskId;
import java.util.List;

/**
 * The experts that answer a picture.
 *
 * @param choices the experts and their weights, the most probable first; none if the base answers
 *     alone
 */
public record Route(List<Choice> choices) {
  /**
   * An expert that runs.
   *
   * @param weight of its answer in the mixture; the weights of a route add up to 1
   */
  public record Choice(TaskId task, double weight) {}

  /** The picture is of no learned task: the base answers alone. */
  public static final Route TO_BASE = new Route(List.of());

  public Route {
    choices = List.copyOf(choices);
  }

  /** The route of a picture whose task is known. */
  public static Route to(TaskId task) {
    return new Route(List.of(new Choice(task, 1)));
  }

  /** Whether the picture is of no learned task. */
  public boolean toBase() {
    return choices.isEmpty();
  }
}
