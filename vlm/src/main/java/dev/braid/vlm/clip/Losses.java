package dev.braid.vlm.clip;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.util.Arrays;

/** What training minimises. */
final class Losses {
  private Losses() {}

  /**
   * What pictures add to their batch's mean cross-entropy: logits [n, classes] against labels that
   * keep 1 − smoothing of their weight and share the rest among all classes.
   *
   * @param batch the number of pictures that the mean is over
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
