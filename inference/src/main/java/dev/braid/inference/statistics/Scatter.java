package dev.braid.inference.statistics;

import dev.braid.model.Check;
import dev.braid.model.record.TaskStatistics;
import java.io.Serializable;
import java.util.List;

/**
 * How the features of a version's tasks spread: around the mean of their class, and around the mean
 * of all. A task counts once, however large it is.
 *
 * <p>In the following, f is a picture's feature, n the number of pictures, s the sum of f, Q the
 * sum of f · fᵀ, k a class and t a task.
 */
final class Scatter implements Serializable {
  /** The share of the mean variance that is added to every direction. */
  static final double RIDGE = 0.01;

  /*
   * A spread below this share of the features' mean square is taken for none. Float32 features of
   * equal pictures differ by about 1e-14 of it.
   */
  private static final double NO_SPREAD = 1e-10;

  private final double[] mean;
  private final Cholesky ofClasses;
  private final Cholesky ofAll;

  private Scatter(double[] mean, Cholesky ofClasses, Cholesky ofAll) {
    this.mean = mean;
    this.ofClasses = ofClasses;
    this.ofAll = ofAll;
  }

  /**
   * The scatter of these tasks. Its bits depend on their order.
   *
   * @throws IllegalArgumentException if all features are equal
   */
  static Scatter of(List<TaskStatistics> tasks) {
    double[] mean = mean(tasks);
    SymmetricMatrix total = total(tasks, mean);
    SymmetricMatrix within = within(tasks);
    double none = NO_SPREAD * (total.trace() + Cholesky.dot(mean, mean, mean.length));
    Check.argument(
        total.trace() > none,
        "Invalid statistics: the features of all training pictures are equal");
    Cholesky ofClasses =
        Cholesky.of(
            within.trace() > none
                ? within.plusUnit(RIDGE * within.trace() / mean.length)
                : new SymmetricMatrix(mean.length).plusUnit(total.trace() / mean.length));
    return new Scatter(
        mean, ofClasses, Cholesky.of(total.plusUnit(RIDGE * total.trace() / mean.length)));
  }

  /** m: the mean of the tasks' means. */
  double[] mean() {
    return mean.clone();
  }

  /**
   * Σ = W + 0.01 · tr(W) / D · I. If no class has a spread (one picture in each), Σ is tr(T) / D ·
   * I: only the spread of all pictures is known, and the nearest mean wins.
   */
  Cholesky covarianceOfClasses() {
    return ofClasses;
  }

  /** Σ₀ = T + 0.01 · tr(T) / D · I. */
  Cholesky covarianceOfAll() {
    return ofAll;
  }

  /** The mean over the tasks of their mean features. */
  static double[] mean(List<TaskStatistics> tasks) {
    double[] mean = new double[tasks.get(0).dimension()];
    for (TaskStatistics task : tasks) {
      double[] sum = new double[mean.length];
      for (int k = 0; k < task.classes(); k++) {
        add(1, task.sum(k), sum);
      }
      add(share(task, tasks), sum, mean);
    }
    return mean;
  }

  /** W: the mean over the tasks of (Q − Σₖ sₖ · sₖᵀ / nₖ) / n. */
  static SymmetricMatrix within(List<TaskStatistics> tasks) {
    SymmetricMatrix within = new SymmetricMatrix(tasks.get(0).dimension());
    for (TaskStatistics task : tasks) {
      within.add(share(task, tasks), ofPictures(task));
    }
    return within;
  }

  /**
   * T: the mean over the tasks of their pictures' scatter around m, not around the task's own mean:
   * the mean of Q / n, less m · mᵀ.
   */
  static SymmetricMatrix total(List<TaskStatistics> tasks, double[] mean) {
    SymmetricMatrix total = new SymmetricMatrix(mean.length);
    for (TaskStatistics task : tasks) {
      total.add(share(task, tasks), SymmetricMatrix.of(task.dimension(), task.products()));
    }
    total.addSquare(-1, mean);
    return total;
  }

  private static SymmetricMatrix ofPictures(TaskStatistics task) {
    SymmetricMatrix scatter = SymmetricMatrix.of(task.dimension(), task.products());
    for (int k = 0; k < task.classes(); k++) {
      if (task.count(k) > 0) {
        scatter.addSquare(-1.0 / task.count(k), task.sum(k));
      }
    }
    return scatter;
  }

  /* What a picture of the task counts among all. */
  private static double share(TaskStatistics task, List<TaskStatistics> tasks) {
    return 1.0 / task.total() / tasks.size();
  }

  private static void add(double factor, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }
}
