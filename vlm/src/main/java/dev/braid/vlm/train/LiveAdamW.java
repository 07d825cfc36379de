package dev.braid.vlm.train;

import dev.braid.vlm.tensor.Tensor;
import java.nio.FloatBuffer;

/**
 * AdamW on tensors that Java accesses without a copy, in one pass over weights, gradient and
 * moments.
 *
 * <p>Used for one step by one thread.
 */
final class LiveAdamW implements Optimizer {
  /*
   * The engine's optimizer hides its state, and as tensor operations the update takes a dozen passes
   * over memory. Here a block that fits the L1 cache is copied out, updated in one vectorised loop
   * and copied back. Java's float arithmetic gives the same bits on every CPU.
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

  LiveAdamW(AdamW numbers) {
    keepFirst = numbers.keepFirst();
    keepSecond = numbers.keepSecond();
    addFirst = numbers.addFirst();
    addSecond = numbers.addSecond();
    decay = numbers.decay();
    stepSize = numbers.stepSize();
    rootCorrection = numbers.rootCorrection();
    epsilon = numbers.epsilon();
  }

  @Override
  public void update(Trained tensor, Tensor gradient) {
    FloatBuffer weights = tensor.weights().values();
    FloatBuffer firstMoments = tensor.firstMoments().values();
    FloatBuffer secondMoments = tensor.secondMoments().values();
    FloatBuffer gradients = gradient.values();
    for (Span span : tensor.spans()) {
      for (int start = span.from(); start < span.to(); start += BLOCK) {
        int length = Math.min(BLOCK, span.to() - start);
        weights.get(start, this.weight, 0, length);
        firstMoments.get(start, first, 0, length);
        secondMoments.get(start, second, 0, length);
        gradients.get(start, this.gradient, 0, length);
        update(length);
        weights.put(start, this.weight, 0, length);
        firstMoments.put(start, first, 0, length);
        secondMoments.put(start, second, 0, length);
      }
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
