package dev.braid.inference;

import java.util.List;

/** The logits of one picture, summed over the models of an ensemble. */
public final class SummedLogits {
  /** Part of every score: raise the stage number of EvaluateJob with it. */
  private static final float LOGIT_SCALE = 100;

  private final int label;
  private final double[] logits;

  /**
   * No logits yet.
   *
   * @param label of the picture, among the classes of its own set
   * @param classes the number of all candidates
   */
  public SummedLogits(int label, int classes) {
    this.label = label;
    this.logits = new double[classes];
  }

  /** The picture's label. */
  public int label() {
    return label;
  }

  /**
   * Adds the logits of one model.
   *
   * @param picture unit vector
   * @param classWeights a unit vector for each candidate
   * @param weight of this model
   */
  public void add(float[] picture, List<float[]> classWeights, double weight) {
    for (int k = 0; k < logits.length; k++) {
      float[] weights = classWeights.get(k);
      float dot = 0;
      for (int i = 0; i < picture.length; i++) {
        dot += picture[i] * weights[i];
      }
      logits[k] += (float) (weight * LOGIT_SCALE * dot);
    }
  }

  /** The first of the largest: of equal names the one with the largest logit counts. */
  public int answer() {
    int best = 0;
    for (int k = 1; k < logits.length; k++) {
      best = logits[k] > logits[best] ? k : best;
    }
    return best;
  }
}
