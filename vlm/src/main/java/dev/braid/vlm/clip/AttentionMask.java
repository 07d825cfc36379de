package dev.braid.vlm.clip;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/** What a token may not look at, as minus infinity added to the scores before their softmax. */
final class AttentionMask {
  private AttentionMask() {}

  /** [length, length]: a token sees itself and what comes before it. */
  static Tensor causal(Scope scope, int length) {
    float[] mask = new float[length * length];
    for (int i = 0; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        mask[i * length + j] = Float.NEGATIVE_INFINITY;
      }
    }
    return scope.tensor(mask, length, length);
  }

  /** [sequences, 1, 1, length]: one token of each sequence sees what is not behind positions[i]. */
  static Tensor upTo(Scope scope, int[] positions, int length) {
    float[] mask = new float[positions.length * length];
    for (int i = 0; i < positions.length; i++) {
      for (int j = positions[i] + 1; j < length; j++) {
        mask[i * length + j] = Float.NEGATIVE_INFINITY;
      }
    }
    return scope.tensor(mask, positions.length, 1, 1, length);
  }
}
