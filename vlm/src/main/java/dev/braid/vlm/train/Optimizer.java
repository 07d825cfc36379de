package dev.braid.vlm.train;

import dev.braid.vlm.tensor.Tensor;

/** One step's update of trained tensors. */
interface Optimizer {
  /** Changes the tensor and its moments in place, by its gradient. */
  void update(Trained tensor, Tensor gradient);
}
