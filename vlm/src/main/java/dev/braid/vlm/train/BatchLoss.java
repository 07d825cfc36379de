package dev.braid.vlm.train;

import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;

/** The loss of one batch, as the model's family defines it. */
@FunctionalInterface
public interface BatchLoss {
  /**
   * Computes the loss and adds its gradient to the leaves among the parameters.
   *
   * @param scope frees what the step computes
   * @param parameters the model's tensors, with a leaf in place of each trained tensor
   * @return the loss
   */
  float differentiate(Scope scope, Parameters parameters);
}
