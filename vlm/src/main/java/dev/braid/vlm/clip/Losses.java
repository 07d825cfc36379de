package dev.braid.vlm.clip;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.util.Arrays;

/** Losses of logits against labels. */
final class Losses {
  private Losses() {}

  /**
   * The contribution of some images to the mean cross-entropy of their batch, with smoothed labels:
   * 1 − smoothing of the weight is on the label, and all classes share the rest.
   *
   * @param logits [n, classes]
   * @param batch the number of images in the whole batch
   */
  static Tensor smoothedCrossEntropy(
      Scope scope, Tensor logits, int[] labels, int batch, double smoothing) {
    int classes = logits.side(1);
    float[] weights = new float[labels.length * classes];
    Arrays.fill(weights, (float) (-smoothing / classes / batch));
    for (int i = 0; i < labels.length; i++) {
      double share = 1 - smoothing + smoothing / classes;
      weights[i * classes + labels[i]] = (float) (-share / batch);
    }
    return logits.logSoftmax().times(scope.tensor(weights, labels.length, classes)).sum();
  }
}
