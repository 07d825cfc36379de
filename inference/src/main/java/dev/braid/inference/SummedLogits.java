package dev.braid.inference;

import java.util.List;

/**
 * The logits of one image, summed over the members of an ensemble.
 *
 * <p>Every score depends on these sums: a change must increase the stage number of EvaluateJob.
 */
public final class SummedLogits {
  private final int label;
  private final float logitScale;
  private final double[] logits;

  /**
   * Starts from zero.
   *
   * @param label of the image, among the classes of its own set
   * @param classes the number of candidate classes
   * @param logitScale the factor of the cosines in the base's logits
   */
  public SummedLogits(int label, int classes, float logitScale) {
    this.label = label;
    this.logitScale = logitScale;
    this.logits = new double[classes];
  }

  /** The label of the image. */
  public int label() {
    return label;
  }

  /**
   * Adds the logits of one model.
   *
   * @param picture unit vector of the image
   * @param classWeights a unit vector for each candidate class
   * @param weight of this model
   */
  public void add(float[] picture, List<float[]> classWeights, double weight) {
    for (int k = 0; k < logits.length; k++) {
      float[] weights = classWeights.get(k);
      float dot = 0;
      for (int i = 0; i < picture.length; i++) {
        dot += picture[i] * weights[i];
      }
      logits[k] += (float) (weight * logitScale * dot);
    }
  }

  /** The sum for each class. */
  public double[] logits() {
    return logits.clone();
  }

  /** The index of the class with the largest logit; the first one wins a tie. */
  public int answer() {
    int best = 0;
    for (int k = 1; k < logits.length; k++) {
      best = logits[k] > logits[best] ? k : best;
    }
    return best;
  }
}
