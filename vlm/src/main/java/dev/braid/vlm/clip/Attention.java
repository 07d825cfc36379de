package dev.braid.vlm.clip;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/** Which tokens of a sequence look at which others, and how their values are mixed. */
interface Attention {
  /**
   * Every reader's mix of the values, [sequences, heads, readers, head width].
   *
   * @param readers [sequences, heads, readers, head width]
   * @param keys [sequences, heads, length, head width]
   * @param values as the keys
   */
  Tensor mix(Tensor readers, Tensor keys, Tensor values);

  /** The kinds of attention that a CLIP has. */
  interface Kernel {
    /** Every token sees every token. */
    Attention everywhere();

    /** A token sees itself and what comes before it. */
    Attention causal(Scope scope, int length);

    /** One token of each sequence sees what is not behind positions[i]. */
    Attention upTo(Scope scope, int[] positions, int length);
  }
}
