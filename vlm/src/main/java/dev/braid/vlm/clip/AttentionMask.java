package dev.braid.vlm.clip;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/** Masks that are added to the scores before their softmax: minus infinity excludes a token. */
final class AttentionMask {
  private AttentionMask() {}

  /** [length, length]: a token attends to itself and to earlier tokens. */
  static Tensor causal(Scope scope, int length) {
    float[] mask = new float[length * length];
    for (int i = 0; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        mask[i * length + j] = Float.NEGATIVE_INFINITY;
      }
    }
    return scope.tensor(mask, length, length);
  }

  /** [sequences, 1, 1, length]: one token of sequence i attends up to positions[i], inclusive. */
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
