package dev.braid.vlm.clip;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.util.function.UnaryOperator;

/** Attention in separate operations, with all scores in memory; the oracle of the fused one. */
final class PlainAttention implements Attention.Kernel {
  @Override
  public Attention everywhere() {
    return over(scores -> scores);
  }

  @Override
  public Attention causal(Scope scope, int length) {
    Tensor mask = AttentionMask.causal(scope, length);
    return over(scores -> scores.plus(mask));
  }

  @Override
  public Attention upTo(Scope scope, int[] positions, int length) {
    Tensor mask = AttentionMask.upTo(scope, positions, length);
    return over(scores -> scores.plus(mask));
  }

  private static Attention over(UnaryOperator<Tensor> masked) {
    return (queries, keys, values) -> {
      float scale = (float) (1 / Math.sqrt(queries.side(-1)));
      Tensor scores = queries.times(scale).matmul(keys.transpose());
      return masked.apply(scores).softmax().matmul(values);
    };
  }
}
