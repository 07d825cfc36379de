package dev.braid.inference.statistics;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.record.TaskStatistics;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Linear discriminant analysis over the classes of all tasks of a version (METHODS 2.8): the
 * posterior of tasks and classes for the base's feature of a picture.
 *
 * <p>It is made from the tasks' statistics alone, in the order of the tasks' names: the same tasks
 * give the same bits, in whatever order they were learned and whichever others were removed.
 */
public final class LinearDiscriminant implements Serializable {
  private final List<TaskId> tasks;
  private final List<List<ClassDiscriminant>> classes;
  private final double[] logPriors;
  private final Scatter scatter;
  private final int dimension;
  private final boolean single;

  private LinearDiscriminant(SortedMap<TaskId, TaskStatistics> statistics) {
    List<TaskStatistics> ordered = List.copyOf(statistics.values());
    this.tasks = List.copyOf(statistics.keySet());
    this.dimension = ordered.get(0).dimension();
    this.scatter = Scatter.of(ordered);
    this.classes =
        ordered.stream().map(task -> classes(task, scatter.covarianceOfClasses())).toList();
    this.logPriors =
        ordered.stream().mapToDouble(task -> -StrictMath.log(withPictures(task))).toArray();
    this.single = ordered.stream().mapToInt(LinearDiscriminant::withPictures).sum() == 1;
  }

  /**
   * The discriminant of a version's tasks.
   *
   * @throws IllegalArgumentException if there is no task, a task has no training pictures, the
   *     dimensions differ, or all features are equal
   */
  public static LinearDiscriminant of(Map<TaskId, TaskStatistics> tasks) {
    Check.argument(!tasks.isEmpty(), "Invalid statistics: there is no task");
    TreeMap<TaskId, TaskStatistics> ordered = new TreeMap<>(tasks);
    int dimension = ordered.firstEntry().getValue().dimension();
    ordered.forEach(
        (task, statistics) -> {
          Check.argument(
              statistics.dimension() == dimension,
              "Invalid statistics of task %s: dimension %s (%s has %s)",
              task,
              statistics.dimension(),
              ordered.firstKey(),
              dimension);
          Check.argument(
              statistics.total() > 0,
              "Invalid statistics of task %s: there are no training pictures",
              task);
        });
    return new LinearDiscriminant(ordered);
  }

  /** The tasks, in the order of their names. */
  public List<TaskId> tasks() {
    return tasks;
  }

  /** The length of a feature. */
  public int dimension() {
    return dimension;
  }

  /**
   * The function of each class of a task: μᵀΣ⁻¹f − ½ · μᵀΣ⁻¹μ = weights · f + offset.
   *
   * @throws IllegalArgumentException if it is none of the tasks
   */
  public List<ClassDiscriminant> classes(TaskId task) {
    return classes.get(indexOf(task));
  }

  /** What is added to the functions of a task's classes: −log(number of classes with pictures). */
  public double logPrior(TaskId task) {
    return logPriors[indexOf(task)];
  }

  private int indexOf(TaskId task) {
    int index = tasks.indexOf(task);
    Check.argument(index >= 0, "Invalid task: %s (one of %s)", task, tasks);
    return index;
  }

  /** m: the mean of all. */
  public double[] mean() {
    return scatter.mean();
  }

  /** The rows of the lower triangular L with Σ = L · Lᵀ, each up to its diagonal. */
  public double[][] factorOfClasses() {
    return scatter.covarianceOfClasses().rows();
  }

  /** Likewise for Σ₀. */
  public double[][] factorOfAll() {
    return scatter.covarianceOfAll().rows();
  }

  /**
   * The posterior for the base's unit feature of a picture.
   *
   * @throws IllegalArgumentException if the feature has another length or is not finite
   */
  public Posterior posterior(float[] feature) {
    Check.argument(
        feature.length == dimension,
        "Invalid feature: length %s (%s expected)",
        feature.length,
        dimension);
    double[] wide = IntStream.range(0, dimension).mapToDouble(i -> feature[i]).toArray();
    double[][] scores = new double[tasks.size()][];
    ClassDiscriminant nearest = classes.get(0).get(0);
    double best = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < scores.length; t++) {
      List<ClassDiscriminant> ofTask = classes.get(t);
      scores[t] = new double[ofTask.size()];
      for (int k = 0; k < scores[t].length; k++) {
        double value = ofTask.get(k).of(wide);
        scores[t][k] = value + logPriors[t];
        if (value > best) {
          best = value;
          nearest = ofTask.get(k);
        }
      }
    }
    Check.argument(Double.isFinite(best), "Invalid feature: a value is not finite");
    return new Posterior(tasks, scores, relativeDistance(wide, nearest));
  }

  /* With a single class, both distances are the same, and rounding must not tell them apart. */
  private double relativeDistance(double[] feature, ClassDiscriminant nearest) {
    return single
        ? 0
        : nearest.squaredDistance(feature, scatter.covarianceOfClasses())
            - scatter.covarianceOfAll().squaredDistance(feature, scatter.mean());
  }

  private static List<ClassDiscriminant> classes(TaskStatistics task, Cholesky covariance) {
    return IntStream.range(0, task.classes())
        .mapToObj(k -> ClassDiscriminant.of(task, k, covariance))
        .toList();
  }

  private static int withPictures(TaskStatistics task) {
    return (int) IntStream.range(0, task.classes()).filter(k -> task.count(k) > 0).count();
  }
}
