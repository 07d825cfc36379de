package dev.braid.inference.statistics;

import dev.braid.model.record.TaskStatistics;
import java.io.Serializable;

/**
 * The linear discriminant function of a class: μᵀΣ⁻¹f − ½ · μᵀΣ⁻¹μ, where μ is the class's mean.
 */
public final class ClassDiscriminant implements Serializable {
  private final double[] mean;
  private final double[] weights;
  private final double offset;

  private ClassDiscriminant(double[] mean, double[] weights, double offset) {
    this.mean = mean;
    this.weights = weights;
    this.offset = offset;
  }

  /** The function of a class of a task; minus infinity for a class without pictures. */
  static ClassDiscriminant of(TaskStatistics task, int classIndex, Cholesky covariance) {
    double[] mean = task.sum(classIndex);
    if (task.count(classIndex) == 0) {
      return new ClassDiscriminant(mean, new double[mean.length], Double.NEGATIVE_INFINITY);
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= task.count(classIndex);
    }
    double[] weights = covariance.solve(mean);
    return new ClassDiscriminant(mean, weights, -Cholesky.dot(mean, weights, mean.length) / 2);
  }

  /** Σ⁻¹μ. */
  public double[] weights() {
    return weights.clone();
  }

  /** −½ · μᵀΣ⁻¹μ; minus infinity for a class without training pictures. */
  public double offset() {
    return offset;
  }

  /** The value for a feature, without the class's prior. */
  double of(double[] feature) {
    return Cholesky.dot(weights, feature, feature.length) + offset;
  }

  /** The squared Mahalanobis distance of a feature to the class's mean. */
  double squaredDistance(double[] feature, Cholesky covariance) {
    return covariance.squaredDistance(feature, mean);
  }
}
