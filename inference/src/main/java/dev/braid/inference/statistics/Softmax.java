package dev.braid.inference.statistics;

/**
 * Softmax for values of any size, of which at least one is finite; minus infinity stands for
 * probability 0. The largest value is subtracted first, so that equal values have equal results
 * whatever their size.
 */
public final class Softmax {
  private Softmax() {}

  /** The probabilities that are proportional to exp(value). */
  public static double[] of(double[] values) {
    double most = most(values);
    double sum = sum(values, most);
    double[] probabilities = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      probabilities[i] = StrictMath.exp(values[i] - most) / sum;
    }
    return probabilities;
  }

  /** The logarithms of these probabilities. */
  static double[] log(double[] values) {
    double most = most(values);
    double logSum = StrictMath.log(sum(values, most));
    double[] logs = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      logs[i] = values[i] - most - logSum;
    }
    return logs;
  }

  /** The logarithm of the sum of exp(value). */
  static double logSum(double[] values) {
    double most = most(values);
    return most + StrictMath.log(sum(values, most));
  }

  private static double most(double[] values) {
    double most = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      most = Math.max(most, value);
    }
    return most;
  }

  private static double sum(double[] values, double most) {
    double sum = 0;
    for (double value : values) {
      sum += StrictMath.exp(value - most);
    }
    return sum;
  }
}
