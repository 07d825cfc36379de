package dev.braid.vlm.train;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/**
 * AdamW by operations of the tensors' device.
 *
 * <p>Elements outside a tensor's spans have zero gradients and moments, so their update, which is
 * computed with the others, is zero.
 */
final class TensorAdamW implements Optimizer {
  private final Scope scope;
  private final Tensor keepFirst;
  private final Tensor addFirst;
  private final Tensor keepSecond;
  private final Tensor addSecond;
  private final Tensor decay;
  private final Tensor stepSize;
  private final Tensor rootCorrection;
  private final Tensor epsilon;

  /** The update of one step, whose scope this is. */
  TensorAdamW(AdamW numbers, Scope scope) {
    this.scope = scope;
    this.keepFirst = scope.constant(numbers.keepFirst());
    this.addFirst = scope.constant(numbers.addFirst());
    this.keepSecond = scope.constant(numbers.keepSecond());
    this.addSecond = scope.constant(numbers.addSecond());
    this.decay = scope.constant(numbers.decay());
    this.stepSize = scope.constant(numbers.stepSize());
    this.rootCorrection = scope.constant(numbers.rootCorrection());
    this.epsilon = scope.constant(numbers.epsilon());
  }

  @Override
  public void update(Trained tensor, Tensor gradient) {
    try (Scope inner = scope.child()) {
      Tensor g = gradient.in(inner);
      Tensor m = tensor.firstMoments();
      Tensor v = tensor.secondMoments();
      m.multiplyBy(keepFirst).add(g.times(addFirst));
      v.multiplyBy(keepSecond).add(g.times(addSecond).times(g));
      Tensor root = v.in(inner).squareRoot().over(rootCorrection).plus(epsilon);
      tensor.weights().multiplyBy(decay).subtract(m.in(inner).over(root).times(stepSize));
    }
  }
}
