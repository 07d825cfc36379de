package dev.braid.inference.statistics;

import dev.braid.model.record.TaskStatistics;

/** A sum of symmetric matrices: the upper triangle, row by row. */
final class SymmetricMatrix {
  private final int dimension;
  private final double[] upper;

  private SymmetricMatrix(int dimension, double[] upper) {
    this.dimension = dimension;
    this.upper = upper;
  }

  /** Zero. */
  SymmetricMatrix(int dimension) {
    this(dimension, new double[TaskStatistics.triangle(dimension)]);
  }

  /** The matrix of this upper triangle, row by row. */
  static SymmetricMatrix of(int dimension, double[] upper) {
    return new SymmetricMatrix(dimension, upper.clone());
  }

  int dimension() {
    return dimension;
  }

  /** The value of row i and column j, where i is at most j. */
  double upper(int i, int j) {
    return upper[i * dimension - i * (i - 1) / 2 + j - i];
  }

  /** Adds a multiple of a matrix. */
  void add(double factor, SymmetricMatrix matrix) {
    for (int i = 0; i < upper.length; i++) {
      upper[i] += factor * matrix.upper[i];
    }
  }

  /** Adds a multiple of v · vᵀ. */
  void addSquare(double factor, double[] v) {
    int next = 0;
    for (int i = 0; i < dimension; i++) {
      double scaled = factor * v[i];
      for (int j = i; j < dimension; j++) {
        upper[next++] += scaled * v[j];
      }
    }
  }

  /** The sum with a multiple of the unit matrix. */
  SymmetricMatrix plusUnit(double factor) {
    SymmetricMatrix sum = of(dimension, upper);
    int next = 0;
    for (int i = 0; i < dimension; i++) {
      sum.upper[next] += factor;
      next += dimension - i;
    }
    return sum;
  }

  /** The sum of the diagonal. */
  double trace() {
    double trace = 0;
    int next = 0;
    for (int i = 0; i < dimension; i++) {
      trace += upper[next];
      next += dimension - i;
    }
    return trace;
  }
}
