package dev.braid.vlm;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/** What a token may not look at: added to the scores of attention before their softmax. */
interface AttentionMask {
  /** Every token sees every token. */
  AttentionMask NONE = scores -> scores;

  /** The scores with those that are forbidden at minus infinity. */
  Tensor over(Tensor scores);

  /** A token sees itself and what comes before it. */
  static AttentionMask causal(Scope scope, int length) {
    float[] mask = new float[length * length];
    for (int i = 0; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        mask[i * length + j] = Float.NEGATIVE_INFINITY;
      }
    }
    Tensor tensor = scope.tensor(mask, length, length);
    return scores -> scores.plus(tensor);
  }

  /** One token of each sequence sees what is not behind positions[i]. */
  static AttentionMask upTo(Scope scope, int[] positions, int length) {
    float[] mask = new float[positions.length * length];
    for (int i = 0; i < positions.length; i++) {
      for (int j = positions[i] + 1; j < length; j++) {
        mask[i * length + j] = Float.NEGATIVE_INFINITY;
      }
    }
    Tensor tensor = scope.tensor(mask, positions.length, 1, 1, length);
    return scores -> scores.plus(tensor);
  }
}
