package dev.braid.vlm.train;

import dev.braid.model.TensorSpec;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A tensor that is trained: its values and its two moments, as live views of native memory.
 *
 * @param spans the elements that can move; all others have neither gradient nor moments
 */
record Trained(
    TensorSpec spec,
    Tensor tensor,
    FloatBuffer weights,
    FloatBuffer firstMoments,
    FloatBuffer secondMoments,
    List<Span> spans) {

  static Trained of(Scope scope, TensorSpec spec, Tensor tensor, List<Span> spans) {
    return new Trained(
        spec,
        tensor,
        tensor.values(),
        scope.zeros(spec.size()).values(),
        scope.zeros(spec.size()).values(),
        spans);
  }

  FloatBuffer vector(StateVector vector) {
    return switch (vector) {
      case WEIGHTS -> weights;
      case FIRST_MOMENTS -> firstMoments;
      case SECOND_MOMENTS -> secondMoments;
    };
  }
}
