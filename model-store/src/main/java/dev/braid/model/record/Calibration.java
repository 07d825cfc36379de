package dev.braid.model.record;

import dev.braid.model.Check;
import java.io.Serializable;

/**
 * How the answer of a task becomes probabilities (METHODS 2.8): q(c|x,t) ∝ e^α · l^β with e =
 * softmax(cosine / τ), over the classes of the task.
 *
 * @param temperature τ, by which the expert's cosines are divided
 * @param alpha the exponent of the expert's probabilities e
 * @param beta the exponent of the statistics' probabilities l
 */
public record Calibration(double temperature, double alpha, double beta) implements Serializable {
  private static final double CLIP = 0.01;

  /** The base's answer for a picture of no learned task: CLIP's own temperature, no statistics. */
  public static final Calibration BASE = new Calibration(CLIP, 1, 0);

  public Calibration {
    Check.argument(
        temperature > 0 && Double.isFinite(temperature),
        "Invalid temperature: %s (positive)",
        temperature);
    Check.argument(
        alpha >= 0 && beta >= 0 && alpha + beta > 0 && Double.isFinite(alpha + beta),
        "Invalid exponents: %s and %s (0 or more, not both 0)",
        alpha,
        beta);
    alpha += 0.; // -0 is stored as 0
    beta += 0.;
  }

  /** The calibration of a task that has too few validation pictures. */
  public static Calibration uncalibrated(AnswerRule rule) {
    return new Calibration(CLIP, 1, rule == AnswerRule.FUSED ? 1 : 0);
  }
}
