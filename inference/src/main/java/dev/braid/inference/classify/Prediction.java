package dev.braid.inference.classify;

import dev.braid.inference.statistics.TaskProbability;
import dev.braid.model.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a classifier says about one picture. */
public sealed interface Prediction {
  /**
   * A label that is among the most probable ones.
   *
   * @param task the learned task whose class it is; with free class names, the most probable task
   *     of the picture; empty if the base, or a model for all tasks, answered over free class names
   */
  record Label(String name, Optional<TaskId> task, double probability) {}

  /**
   * An answer.
   *
   * @param best the most probable labels, best first; at least one
   * @param ofNoTask how much further than the version's threshold the picture is from the learned
   *     tasks: above 0 it is of none of them; empty if the version has no threshold, or its
   *     statistics are not asked
   * @param isOfNoTask whether the picture is of no learned task
   * @param tasks how probable it is that the picture is from each learned task, given that it is
   *     from one, the most probable first; none if the task is known, or the version's rule has no
   *     such probabilities (prototypes, and one model for all tasks)
   * @param experts the tasks whose experts answered, the most probable first; none if one model
   *     answered alone
   * @param forwards the number of models that encoded the picture
   */
  record Answered(
      List<Label> best,
      OptionalDouble ofNoTask,
      boolean isOfNoTask,
      List<TaskProbability> tasks,
      List<TaskId> experts,
      int forwards)
      implements Prediction {
    public Answered {
      best = List.copyOf(best);
      tasks = List.copyOf(tasks);
      experts = List.copyOf(experts);
    }

    /** The most probable label. */
    public Label label() {
      return best.get(0);
    }
  }

  /**
   * The picture cannot be decoded.
   *
   * @param error why, in one sentence
   */
  record Undecodable(String error) implements Prediction {}
}
