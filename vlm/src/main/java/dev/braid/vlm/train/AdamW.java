package dev.braid.vlm.train;

import java.nio.FloatBuffer;

/**
 * AdamW (Loshchilov and Hutter 2019), one pass over weights, gradient and both moments.
 *
 * <p>Made for one step; not shared between threads.
 */
final class AdamW {
  /*
   * The engine's optimiser hides its state, and as tensor operations the update is a dozen passes
   * over memory. Here a block that fits the nearest cache is copied out, updated in one vectorised
   * loop and copied back. Java's floats make the same bits on every CPU.
   */
  private static final int BLOCK = 2048;

  private final float[] weight = new float[BLOCK];
  private final float[] gradient = new float[BLOCK];
  private final float[] first = new float[BLOCK];
  private final float[] second = new float[BLOCK];

  private final float keepFirst;
  private final float keepSecond;
  private final float addFirst;
  private final float addSecond;
  private final float decay;
  private final float stepSize;
  private final float rootCorrection;
  private final float epsilon;

  /** The update of a step, counted from 0, with its learning rate. */
  AdamW(TrainSettings settings, int step, double rate) {
    double correction1 = 1 - StrictMath.pow(settings.beta1(), step + 1.0);
    double correction2 = 1 - StrictMath.pow(settings.beta2(), step + 1.0);
    keepFirst = (float) settings.beta1();
    keepSecond = (float) settings.beta2();
    addFirst = (float) (1 - settings.beta1());
    addSecond = (float) (1 - settings.beta2());
    decay = (float) (1 - rate * settings.weightDecay());
    stepSize = (float) (rate / correction1);
    rootCorrection = (float) Math.sqrt(correction2);
    epsilon = (float) settings.epsilon();
  }

  /** Updates the elements from..to of a tensor and its moments in place. */
  void update(Trained tensor, FloatBuffer gradients, Span span) {
    for (int start = span.from(); start < span.to(); start += BLOCK) {
      int length = Math.min(BLOCK, span.to() - start);
      tensor.weights().get(start, weight, 0, length);
      tensor.firstMoments().get(start, first, 0, length);
      tensor.secondMoments().get(start, second, 0, length);
      gradients.get(start, gradient, 0, length);
      update(length);
      tensor.weights().put(start, weight, 0, length);
      tensor.firstMoments().put(start, first, 0, length);
      tensor.secondMoments().put(start, second, 0, length);
    }
  }

  private void update(int length) {
    for (int i = 0; i < length; i++) {
      float g = gradient[i];
      float m = keepFirst * first[i] + addFirst * g;
      float v = keepSecond * second[i] + addSecond * g * g;
      float root = (float) Math.sqrt(v) / rootCorrection + epsilon;
      first[i] = m;
      second[i] = v;
      weight[i] = decay * weight[i] - stepSize * (m / root);
    }
  }
}
