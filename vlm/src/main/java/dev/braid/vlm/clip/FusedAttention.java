package dev.braid.vlm.clip;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/** Attention as one operation of the engine, which never holds all scores in memory. */
final class FusedAttention implements Attention.Kernel {
  @Override
  public Attention everywhere() {
    return Tensor::attend;
  }

  @Override
  public Attention causal(Scope scope, int length) {
    return Tensor::attendCausally;
  }

  @Override
  public Attention upTo(Scope scope, int[] positions, int length) {
    Tensor mask = AttentionMask.upTo(scope, positions, length);
    return (queries, keys, values) -> queries.attend(keys, values, mask);
  }
}
