package dev.braid.jobs.encode;

import dev.braid.model.record.TaskStatistics;
import dev.braid.store.FeatureChunk;

/** Adds the features of pictures, one after the other, in float64 (METHODS 2.8). */
final class StatisticsSum {
  private final int dimension;
  private final long[] counts;
  private final double[][] sums;
  private final double[] products;

  StatisticsSum(int dimension, int classes) {
    this.dimension = dimension;
    this.counts = new long[classes];
    this.sums = new double[classes][dimension];
    this.products = new double[TaskStatistics.triangle(dimension)];
  }

  /** Adds pictures; the label of each is its class. */
  void add(FeatureChunk pictures) {
    for (int row = 0; row < pictures.labels().length; row++) {
      add(pictures.labels()[row], pictures.vectors()[row]);
    }
  }

  private void add(int label, float[] feature) {
    counts[label]++;
    int product = 0;
    for (int i = 0; i < dimension; i++) {
      sums[label][i] += feature[i];
      for (int j = i; j < dimension; j++) {
        products[product++] += (double) feature[i] * feature[j];
      }
    }
  }

  TaskStatistics statistics() {
    return new TaskStatistics(dimension, counts, sums, products);
  }
}
