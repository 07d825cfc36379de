package dev.braid.inference.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * METHODS 2.8 from the pictures themselves, with the plainest loops: covariances in two passes,
 * inverses by Gauss-Jordan elimination, exponentials of scores. It shares no code with the product.
 */
public final class PlainDiscriminant {
  /** Of each task, of each of its classes; empty for a class without pictures. */
  final List<List<double[]>> means = new ArrayList<>();

  final double[] mean;
  final double[][] within;
  final double[][] total;

  private final double[][] inverseWithin;
  private final double[][] inverseTotal;

  /**
   * The discriminant of tasks.
   *
   * @param tasks of each task, in the order of their names, the pictures of each class
   */
  public PlainDiscriminant(int dimension, List<List<List<double[]>>> tasks) {
    mean = new double[dimension];
    within = new double[dimension][dimension];
    total = new double[dimension][dimension];
    for (List<List<double[]>> task : tasks) {
      List<double[]> ofTask = new ArrayList<>();
      for (List<double[]> pictures : task) {
        ofTask.add(mean(dimension, pictures));
      }
      means.add(ofTask);
      double[] taskMean = mean(dimension, all(task));
      for (int i = 0; i < dimension; i++) {
        mean[i] += taskMean[i] / tasks.size();
      }
    }
    for (int t = 0; t < tasks.size(); t++) {
      double share = 1.0 / tasks.size() / all(tasks.get(t)).size();
      for (int k = 0; k < tasks.get(t).size(); k++) {
        for (double[] f : tasks.get(t).get(k)) {
          for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
              double[] mu = means.get(t).get(k);
              within[i][j] += share * (f[i] - mu[i]) * (f[j] - mu[j]);
              total[i][j] += share * (f[i] - mean[i]) * (f[j] - mean[j]);
            }
          }
        }
      }
    }
    inverseWithin = inverse(ridged(within));
    inverseTotal = inverse(ridged(total));
  }

  /** aₖ of the classes of a task; minus infinity for a class without pictures. */
  public double[] scores(int task, double[] f) {
    List<double[]> ofTask = means.get(task);
    double[] scores = new double[ofTask.size()];
    long classes = ofTask.stream().filter(mu -> mu.length > 0).count();
    for (int k = 0; k < scores.length; k++) {
      double[] mu = ofTask.get(k);
      scores[k] =
          mu.length == 0
              ? Double.NEGATIVE_INFINITY
              : product(mu, inverseWithin, f)
                  - product(mu, inverseWithin, mu) / 2
                  - Math.log((double) classes);
    }
    return scores;
  }

  /** p(t|x) for each task. */
  public double[] tasks(double[] f) {
    double most = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < means.size(); t++) {
      for (double score : scores(t, f)) {
        most = Math.max(most, score);
      }
    }
    double[] tasks = new double[means.size()];
    double all = 0;
    for (int t = 0; t < tasks.length; t++) {
      for (double score : scores(t, f)) {
        tasks[t] += Math.exp(score - most);
        all += Math.exp(score - most);
      }
    }
    for (int t = 0; t < tasks.length; t++) {
      tasks[t] /= all;
    }
    return tasks;
  }

  /** l(c|x,t) for the classes of a task. */
  public double[] classes(int task, double[] f) {
    double[] scores = scores(task, f);
    double most = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      most = Math.max(most, score);
    }
    double all = 0;
    for (double score : scores) {
      all += Math.exp(score - most);
    }
    for (int k = 0; k < scores.length; k++) {
      scores[k] = Math.exp(scores[k] - most) / all;
    }
    return scores;
  }

  /** r(x). */
  public double relativeDistance(double[] f) {
    double least = Double.POSITIVE_INFINITY;
    for (List<double[]> ofTask : means) {
      for (double[] mu : ofTask) {
        if (mu.length > 0) {
          least = Math.min(least, product(minus(f, mu), inverseWithin, minus(f, mu)));
        }
      }
    }
    return least - product(minus(f, mean), inverseTotal, minus(f, mean));
  }

  private static List<double[]> all(List<List<double[]>> task) {
    return task.stream().flatMap(List::stream).toList();
  }

  private static double[] mean(int dimension, List<double[]> pictures) {
    if (pictures.isEmpty()) {
      return new double[0];
    }
    double[] mean = new double[dimension];
    for (double[] f : pictures) {
      for (int i = 0; i < dimension; i++) {
        mean[i] += f[i] / pictures.size();
      }
    }
    return mean;
  }

  private static double[][] ridged(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    double[][] ridged = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      ridged[i] = matrix[i].clone();
      ridged[i][i] += 0.01 * trace / matrix.length;
    }
    return ridged;
  }

  static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] work = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, work[i], 0, n);
      work[i][n + i] = 1;
    }
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int i = column; i < n; i++) {
        pivot = Math.abs(work[i][column]) > Math.abs(work[pivot][column]) ? i : pivot;
      }
      double[] swapped = work[column];
      work[column] = work[pivot];
      work[pivot] = swapped;
      double divisor = work[column][column];
      for (int j = 0; j < 2 * n; j++) {
        work[column][j] /= divisor;
      }
      for (int i = 0; i < n; i++) {
        double factor = work[i][column];
        for (int j = 0; i != column && j < 2 * n; j++) {
          work[i][j] -= factor * work[column][j];
        }
      }
    }
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(work[i], n, inverse[i], 0, n);
    }
    return inverse;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double product(double[] a, double[][] matrix, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        sum += a[i] * matrix[i][j] * b[j];
      }
    }
    return sum;
  }
}
