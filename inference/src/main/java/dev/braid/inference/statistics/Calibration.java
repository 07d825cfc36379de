package dev.braid.inference.statistics;

import dev.braid.model.Check;

/**
 * How the answer of a task becomes probabilities: q(c|x,t) ∝ e^α · l^β with e = softmax(cosine /
 * τ), over the classes of the task.
 *
 * @param temperature τ, by which the expert's cosines are divided
 * @param alpha the exponent of the expert's probabilities e
 * @param beta the exponent of the statistics' probabilities l
 */
public record Calibration(double temperature, double alpha, double beta) {
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
  }

  /** The calibration of a task that has too few validation pictures. */
  public static Calibration uncalibrated(AnswerRule rule) {
    return new Calibration(CLIP, 1, rule == AnswerRule.FUSED ? 1 : 0);
  }

  /**
   * q: the probabilities of the task's classes.
   *
   * @param cosines of the expert's picture with its weights of the classes
   * @param logClasses the logarithm of l: {@link Posterior#logClasses}
   */
  public double[] answer(double[] cosines, double[] logClasses) {
    return Softmax.of(logits(cosines, logClasses));
  }

  /**
   * The probabilities of candidates that are not the task's classes: ∝ e^α alone, and e itself
   * where α is 0.
   *
   * @param cosines of the expert's picture with its weights of the candidates
   */
  public double[] answer(double[] cosines) {
    return new Calibration(temperature, alpha == 0 ? 1 : alpha, 0)
        .answer(cosines, new double[cosines.length]);
  }

  /** The logarithm of q for a class. */
  double logProbability(double[] cosines, double[] logClasses, int classIndex) {
    return Softmax.log(logits(cosines, logClasses))[classIndex];
  }

  /* A factor of 0 is left out: 0 times minus infinity is not a number. */
  private double[] logits(double[] cosines, double[] logClasses) {
    Check.argument(
        cosines.length == logClasses.length,
        "Invalid answer: %s cosines and %s classes",
        cosines.length,
        logClasses.length);
    double[] logits = new double[cosines.length];
    double scale = alpha / temperature;
    for (int c = 0; c < logits.length; c++) {
      logits[c] = scale * cosines[c] + (beta == 0 ? 0 : beta * logClasses[c]);
    }
    return logits;
  }
}
