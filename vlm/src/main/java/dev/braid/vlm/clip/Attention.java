package dev.braid.vlm.clip;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/** Determines which tokens of a sequence attend to which others. */
interface Attention {
  /**
   * The weighted sum of the values for every query, [sequences, heads, queries, head width].
   *
   * @param queries [sequences, heads, queries, head width]
   * @param keys [sequences, heads, length, head width]
   * @param values of the same shape as the keys
   */
  Tensor mix(Tensor queries, Tensor keys, Tensor values);

  /** The kinds of attention in a CLIP. */
  interface Kernel {
    /** Every token attends to every token. */
    Attention everywhere();

    /** A token attends to itself and to earlier tokens. */
    Attention causal(Scope scope, int length);

    /** One token of sequence i attends to the tokens up to positions[i], inclusive. */
    Attention upTo(Scope scope, int[] positions, int length);
  }
}
