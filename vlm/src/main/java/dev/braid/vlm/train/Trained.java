package dev.braid.vlm.train;

import dev.braid.model.TensorSpec;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.util.List;

/**
 * A trained tensor and its two moments.
 *
 * @param spans the elements that can change; all others have zero gradients and moments
 */
record Trained(
    TensorSpec spec, Tensor weights, Tensor firstMoments, Tensor secondMoments, List<Span> spans) {

  static Trained of(Scope scope, TensorSpec spec, Tensor weights, List<Span> spans) {
    long[] sides = weights.shape();
    return new Trained(spec, weights, scope.zeros(sides), scope.zeros(sides), spans);
  }

  Tensor vector(StateVector vector) {
    return switch (vector) {
      case WEIGHTS -> weights;
      case FIRST_MOMENTS -> firstMoments;
      case SECOND_MOMENTS -> secondMoments;
    };
  }
}
