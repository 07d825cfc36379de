package dev.braid.inference.statistics;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What the statistics of a version say about one picture. */
public final class Posterior {
  /* In the order of their names. */
  private final List<TaskId> tasks;
  private final double[][] scores;
  private final double[] probabilities;
  private final double relativeDistance;

  Posterior(List<TaskId> tasks, double[][] scores, double relativeDistance) {
    this.tasks = tasks;
    this.scores = scores;
    this.probabilities = Softmax.of(Arrays.stream(scores).mapToDouble(Softmax::logSum).toArray());
    this.relativeDistance = relativeDistance;
  }

  /** The tasks, in the order of their names. */
  public List<TaskId> tasks() {
    return tasks;
  }

  /** p(t|x): the probability that the picture is from the task, given that it is from one. */
  public double probability(TaskId task) {
    return probabilities[indexOf(task)];
  }

  /**
   * p(t|x) of all tasks, the most probable first. At equal probability, the task whose name is
   * first comes first.
   */
  public List<TaskProbability> ranked() {
    return IntStream.range(0, probabilities.length)
        .mapToObj(index -> new TaskProbability(tasks.get(index), probabilities[index]))
        .sorted(Comparator.comparingDouble(each -> -each.probability()))
        .toList();
  }

  /** aₖ of the classes of a task, up to a constant that all classes of all tasks share. */
  public double[] scores(TaskId task) {
    return scores[indexOf(task)].clone();
  }

  /**
   * The logarithm of l(c|x,t), the probabilities of the classes of a task, given the task; minus
   * infinity for a class without training pictures.
   */
  public double[] logClasses(TaskId task) {
    return Softmax.log(scores[indexOf(task)]);
  }

  /** l(c|x,t): the probabilities of the classes of a task, given the task. */
  public double[] classes(TaskId task) {
    return Softmax.of(scores[indexOf(task)]);
  }

  /**
   * r(x): the squared Mahalanobis distance to the nearest class mean less that to the mean of all
   * pictures (Ren et al. 2021). The larger, the less the picture is like those of any task.
   */
  public double relativeDistance() {
    return relativeDistance;
  }

  private int indexOf(TaskId task) {
    int index = Collections.binarySearch(tasks, task);
    Check.argument(index >= 0, "Invalid task: %s (one of %s)", task, tasks);
    return index;
  }
}
