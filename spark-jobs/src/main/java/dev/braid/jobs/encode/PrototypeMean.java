package dev.braid.jobs.encode;

import dev.braid.model.Check;
import dev.braid.store.FeatureChunk;

/**
 * For each class, the mean of its pictures' unit vectors plus the mean of its prompts' unit
 * vectors, normalised.
 *
 * <p>A class without pictures keeps the mean of its prompts. Sums are doubles, added in row order.
 */
final class PrototypeMean {
  private final double[][] texts;
  private final double[][] pictures;
  private final int[] counts;
  private final int dimension;

  /**
   * Starts without pictures.
   *
   * @param prompts the unit vectors of each class's prompts, class by class
   */
  PrototypeMean(int dimension, float[][] prompts, int promptsPerClass) {
    int classes = prompts.length / promptsPerClass;
    this.dimension = dimension;
    this.texts = new double[classes][dimension];
    this.pictures = new double[classes][dimension];
    this.counts = new int[classes];
    for (int i = 0; i < prompts.length; i++) {
      add(texts[i / promptsPerClass], prompts[i], 1.0 / promptsPerClass);
    }
  }

  void add(FeatureChunk part) {
    for (int row = 0; row < part.labels().length; row++) {
      int label = part.labels()[row];
      add(pictures[label], part.vectors()[row], 1);
      counts[label]++;
    }
  }

  /**
   * The concatenated prototypes.
   *
   * @throws IllegalArgumentException if the vectors of a class cancel out, so that their mean has
   *     no direction
   */
  float[] vectors() {
    float[] vectors = new float[texts.length * dimension];
    for (int k = 0; k < texts.length; k++) {
      double[] mean = texts[k].clone();
      for (int i = 0; i < dimension && counts[k] > 0; i++) {
        mean[i] = (mean[i] + pictures[k][i] / counts[k]) / 2;
      }
      double square = 0;
      for (double value : mean) {
        square += value * value;
      }
      Check.argument(
          square > 0 && square < Double.POSITIVE_INFINITY,
          "Cannot compute the prototype of class number %s: the mean of its vectors has the length"
              + " %s (use other templates or pictures)",
          k,
          Math.sqrt(square));
      for (int i = 0; i < dimension; i++) {
        vectors[k * dimension + i] = (float) (mean[i] / Math.sqrt(square));
      }
    }
    return vectors;
  }

  private static void add(double[] sum, float[] vector, double weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * vector[i];
    }
  }
}
