package dev.braid.inference.statistics;

import dev.braid.model.Check;
import java.io.Serializable;
import java.util.Arrays;

/** The Cholesky factor L of a symmetric positive definite matrix A = L · Lᵀ. */
final class Cholesky implements Serializable {
  /* Row i of L has i + 1 values. */
  private final double[][] rows;

  private Cholesky(double[][] rows) {
    this.rows = rows;
  }

  /**
   * Factors a covariance.
   *
   * @throws IllegalArgumentException if it is not positive definite
   */
  static Cholesky of(SymmetricMatrix matrix) {
    double[][] rows = new double[matrix.dimension()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[i + 1];
      for (int j = 0; j < i; j++) {
        rows[i][j] = (matrix.upper(j, i) - dot(rows[i], rows[j], j)) / rows[j][j];
      }
      double pivot = matrix.upper(i, i) - dot(rows[i], rows[i], i);
      Check.argument(
          pivot > 0 && pivot < Double.POSITIVE_INFINITY,
          "Invalid statistics: their covariance is not positive definite (pivot %s is %s)",
          i,
          pivot);
      rows[i][i] = StrictMath.sqrt(pivot);
    }
    return new Cholesky(rows);
  }

  /** The rows of L, each up to its diagonal. */
  double[][] rows() {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  /** A⁻¹ · v. */
  double[] solve(double[] v) {
    double[] solution = forward(v);
    for (int i = rows.length - 1; i >= 0; i--) {
      solution[i] /= rows[i][i];
      for (int j = 0; j < i; j++) {
        solution[j] -= rows[i][j] * solution[i];
      }
    }
    return solution;
  }

  /** The squared Mahalanobis distance (a − b)ᵀ · A⁻¹ · (a − b). */
  double squaredDistance(double[] a, double[] b) {
    double[] difference = new double[rows.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = a[i] - b[i];
    }
    double[] whitened = forward(difference);
    return dot(whitened, whitened, whitened.length);
  }

  /** L⁻¹ · v. */
  private double[] forward(double[] v) {
    double[] solution = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      solution[i] = (v[i] - dot(rows[i], solution, i)) / rows[i][i];
    }
    return solution;
  }

  /** The product of the first values of two vectors. */
  static double dot(double[] a, double[] b, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
