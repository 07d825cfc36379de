package dev.braid.vlm.tensor;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Differentiates a loss by the leaves it was computed from.
 *
 * <p>The engine's own gradient collector has a flag for the whole process, so a second thread that
 * trains is refused. Recording is really a state of the thread; set here, any number of threads
 * train at once.
 */
public final class Gradients {
  private Gradients() {}

  /** Runs the forward pass, fills {@link Tensor#gradient} of its leaves, returns the loss. */
  public static float of(Supplier<Tensor> forward) {
    return recording(() -> backward(forward.get()));
  }

  /** Runs work whose operations on leaves are recorded. */
  public static <T> T recording(Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** Adds the gradient of a recorded loss to its leaves' and forgets the record; its value. */
  public static float backward(Tensor loss) {
    PtNDArray value = loss.array();
    try (PtNDArray one = (PtNDArray) value.getManager().ones(new Shape())) {
      JniUtils.backward(value, one, false, false);
    }
    return value.getFloat();
  }

  /** Adds to the leaves' gradients what follows from this gradient of a recorded result. */
  public static void backward(Tensor result, Tensor gradient) {
    JniUtils.backward(result.array(), gradient.array(), false, false);
  }
}
