package dev.braid.vlm.train;

import dev.braid.vlm.tensor.Scope;

/**
 * The coefficients of one step of AdamW (Loshchilov and Hutter 2019).
 *
 * <p>With gradient g, moments m and v and weight w: m = keepFirst · m + addFirst · g; v =
 * keepSecond · v + addSecond · g · g; w = decay · w − stepSize · (m / (√v / rootCorrection +
 * epsilon)). The results of its two implementations differ by at most the last bit of a float,
 * except under cancellation.
 */
record AdamW(
    float keepFirst,
    float addFirst,
    float keepSecond,
    float addSecond,
    float decay,
    float stepSize,
    float rootCorrection,
    float epsilon) {

  /** The coefficients of a step, counted from 0, with its learning rate. */
  static AdamW of(TrainSettings settings, int step, double rate) {
    double correction1 = 1 - StrictMath.pow(settings.beta1(), step + 1.0);
    double correction2 = 1 - StrictMath.pow(settings.beta2(), step + 1.0);
    return new AdamW(
        (float) settings.beta1(),
        (float) (1 - settings.beta1()),
        (float) settings.beta2(),
        (float) (1 - settings.beta2()),
        (float) (1 - rate * settings.weightDecay()),
        (float) (rate / correction1),
        (float) Math.sqrt(correction2),
        (float) settings.epsilon());
  }

  /** The implementation that suits the scope's device; its tensors live in the scope. */
  Optimizer on(Scope scope) {
    return scope.device().showsValues() ? new LiveAdamW(this) : new TensorAdamW(this, scope);
  }
}
