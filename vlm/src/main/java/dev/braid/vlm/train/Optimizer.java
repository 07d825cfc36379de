package dev.braid.vlm.train;

import dev.braid.vlm.tensor.Tensor;

/** The update of trained tensors in one step. */
interface Optimizer {
  /** Updates the tensor and its moments in place, given its gradient. */
  void update(Trained tensor, Tensor gradient);
}
