package dev.braid.vlm.train;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.util.Arrays;

/** What training minimises. */
final class Losses {
  private Losses() {}

  /**
   * Mean cross-entropy of logits [n, classes] against labels that keep 1 − smoothing of their
   * weight and share the rest among all classes.
   */
  static Tensor smoothedCrossEntropy(Scope scope, Tensor logits, int[] labels, double smoothing) {
    int classes = logits.side(1);
    float[] weights = new float[labels.length * classes];
    Arrays.fill(weights, (float) (-smoothing / classes / labels.length));
    for (int i = 0; i < labels.length; i++) {
      double share = 1 - smoothing + smoothing / classes;
      weights[i * classes + labels[i]] = (float) (-share / labels.length);
    }
    return logits.logSoftmax().times(scope.tensor(weights, labels.length, classes)).sum();
  }
}
