package dev.braid.vlm.train;

/** A learning rate that rises linearly over the warm-up and then falls to 0 along a cosine. */
public record Schedule(double learningRate, int warmup, int steps) {
  /**
   * The rate of a step, counted from 0.
   *
   * <p>The last step of the warm-up has the full rate; any step after the end has rate 0.
   */
  public double rate(int step) {
    if (step < warmup) {
      return learningRate * (step + 1) / warmup;
    }
    if (step >= steps) {
      return 0;
    }
    double done = (step - warmup) / (double) (steps - warmup);
    return learningRate * 0.5 * (1 + StrictMath.cos(Math.PI * done));
  }
}
