package dev.braid.inference.statistics;

import dev.braid.model.Check;
import dev.braid.model.record.Calibration;

/** The probabilities with which a task answers a picture (METHODS 2.8). */
public final class TaskAnswer {
  private TaskAnswer() {}

  /**
   * q: the probabilities of the task's classes.
   *
   * @param cosines of the expert's picture with its weights of the classes
   * @param logClasses the logarithm of l: {@link Posterior#logClasses}
   */
  public static double[] ofOwn(Calibration calibration, double[] cosines, double[] logClasses) {
    return Softmax.of(logits(calibration, cosines, logClasses));
  }

  /**
   * The probabilities of candidates that are not the task's classes: ∝ e^α alone, and e itself
   * where α is 0.
   *
   * @param cosines of the expert's picture with its weights of the candidates
   */
  public static double[] ofOthers(Calibration calibration, double[] cosines) {
    double alpha = calibration.alpha() == 0 ? 1 : calibration.alpha();
    return ofOwn(
        new Calibration(calibration.temperature(), alpha, 0), cosines, new double[cosines.length]);
  }

  /** The logarithm of q for a class. */
  static double logProbability(
      Calibration calibration, double[] cosines, double[] logClasses, int classIndex) {
    return Softmax.log(logits(calibration, cosines, logClasses))[classIndex];
  }

  /* A factor of 0 is left out: 0 times minus infinity is not a number. */
  private static double[] logits(Calibration calibration, double[] cosines, double[] logClasses) {
    Check.argument(
        cosines.length == logClasses.length,
        "Invalid answer: %s cosines and %s classes",
        cosines.length,
        logClasses.length);
    double[] logits = new double[cosines.length];
    double scale = calibration.alpha() / calibration.temperature();
    double beta = calibration.beta();
    for (int c = 0; c < logits.length; c++) {
      logits[c] = scale * cosines[c] + (beta == 0 ? 0 : beta * logClasses[c]);
    }
    return logits;
  }
}
