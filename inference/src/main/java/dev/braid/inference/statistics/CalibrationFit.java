package dev.braid.inference.statistics;

import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The negative log likelihood of a task's validation pictures under every calibration of a grid.
 * Its bits depend on the order of the pictures: add them in the order of their rows.
 */
public final class CalibrationFit {
  /** A task with fewer validation pictures keeps {@link Calibration#uncalibrated}. */
  public static final int LEAST_PICTURES = 20;

  /* From 0.003 to 0.1 in 15 equal steps of the logarithm, rounded to two digits. */
  private static final double[] TEMPERATURES = {
    0.003, 0.0038, 0.0048, 0.006, 0.0076, 0.0096, 0.012, 0.015, 0.019, 0.025, 0.031, 0.039, 0.05,
    0.063, 0.079, 0.1
  };
  private static final double[] EXPONENTS = {1, 0.5, 0};

  private final List<Calibration> grid = grid();
  private final double[] losses = new double[grid.size()];
  private long pictures;

  /**
   * Adds a validation picture. A picture of a class without training pictures is ignored: the
   * statistics do not know its class.
   *
   * @param cosines of the expert's picture with its weights of the task's classes
   * @param logClasses the logarithm of l: {@link Posterior#logClasses}
   * @param label the index of the picture's class
   */
  public void add(double[] cosines, double[] logClasses, int label) {
    if (logClasses[label] == Double.NEGATIVE_INFINITY) {
      return;
    }
    for (int i = 0; i < losses.length; i++) {
      losses[i] -= TaskAnswer.logProbability(grid.get(i), cosines, logClasses, label);
    }
    pictures++;
  }

  /**
   * The calibration of least negative log likelihood. At a tie, the larger α wins, then the larger
   * β, then the lower τ. If α is 0, then τ does not matter for the task's own classes: it is the
   * one that fits the expert alone.
   */
  public Calibration best(AnswerRule rule) {
    if (pictures < LEAST_PICTURES) {
      return Calibration.uncalibrated(rule);
    }
    Calibration best = least(rule);
    return best.alpha() > 0
        ? best
        : new Calibration(least(AnswerRule.EXPERT).temperature(), best.alpha(), best.beta());
  }

  private Calibration least(AnswerRule rule) {
    return IntStream.range(0, losses.length)
        .filter(i -> rule.admits(grid.get(i)))
        .boxed()
        .min(Comparator.comparingDouble(i -> losses[i]))
        .map(grid::get)
        .orElseThrow();
  }

  /* In the order in which ties are broken; a temperature without effect stands once. */
  private static List<Calibration> grid() {
    List<Calibration> grid = new ArrayList<>();
    for (double alpha : EXPONENTS) {
      for (double beta : EXPONENTS) {
        for (double temperature : TEMPERATURES) {
          if (alpha > 0 || (beta > 0 && temperature == TEMPERATURES[0])) {
            grid.add(new Calibration(temperature, alpha, beta));
          }
        }
      }
    }
    return List.copyOf(grid);
  }
}
