package dev.braid.vlm.tensor;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Differentiates a loss with respect to the leaves it was computed from.
 *
 * <p>The engine's own gradient collector keeps one flag for the whole process and refuses a second
 * thread that trains. Recording is in fact a state of the thread; setting it here lets any number
 * of threads train at once.
 */
public final class Gradients {
  private Gradients() {}

  /** Runs the forward pass, fills {@link Tensor#gradient} of its leaves and returns the loss. */
  public static float of(Supplier<Tensor> forward) {
    return recording(() -> backward(forward.get()));
  }

  /** Runs work and records its operations on leaves. */
  public static <T> T recording(Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** Adds the gradient of a recorded loss to its leaves, drops the record and returns the loss. */
  public static float backward(Tensor loss) {
    PtNDArray value = loss.array();
    try (PtNDArray one = (PtNDArray) value.getManager().ones(new Shape())) {
      JniUtils.backward(value, one, false, false);
    }
    return value.getFloat();
  }

  /** Propagates this gradient of a recorded result back to its leaves. */
  public static void backward(Tensor result, Tensor gradient) {
    JniUtils.backward(result.array(), gradient.array(), false, false);
  }
}
