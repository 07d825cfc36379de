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
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try {
      PtNDArray loss = forward.get().array();
      try (PtNDArray one = (PtNDArray) loss.getManager().ones(new Shape())) {
        JniUtils.backward(loss, one, false, false);
      }
      return loss.getFloat();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
