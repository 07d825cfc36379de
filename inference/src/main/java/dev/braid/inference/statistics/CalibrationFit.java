package dev.braid.inference.statistics;

import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The negative log likelihood of a task's validation pictures under every calibration of a grid.
 * Its bits depend on the order of the pictures: add them in the order of their rows.
 *
 * <p>Few pictures tell exponents apart only by chance. So exponents are given up for others only
 * where the others are better by more than one standard error of the difference, picture by picture
 * (the one-standard-error rule of Breiman et al., Classification and Regression Trees, 1984,
 * section 3.4.3).
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
  /* The sums of the products of two losses of a picture. */
  private final double[][] products = new double[grid.size()][grid.size()];
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
    double[] ofPicture = new double[losses.length];
    for (int i = 0; i < losses.length; i++) {
      ofPicture[i] = -TaskAnswer.logProbability(grid.get(i), cosines, logClasses, label);
      losses[i] += ofPicture[i];
    }
    for (int i = 0; i < losses.length; i++) {
      for (int j = 0; j <= i; j++) {
        products[i][j] += ofPicture[i] * ofPicture[j];
      }
    }
    pictures++;
  }

  /**
   * The calibration: of the exponents whose least loss is within one standard error of the least of
   * all, those with the larger α, then the larger β; with the temperature of their least loss, at a
   * tie the lower one. If α is 0, then τ does not matter for the task's own classes: it is the one
   * that fits the expert alone.
   */
  public Calibration best(AnswerRule rule) {
    if (pictures < LEAST_PICTURES) {
      return Calibration.uncalibrated(rule);
    }
    int least = least(rule::admits);
    Calibration best =
        grid.stream()
            .filter(rule::admits)
            .map(each -> least(other -> isOfSameExponents(each, other)))
            .filter(candidate -> excess(candidate, least) <= 0)
            .findFirst()
            .map(grid::get)
            .orElseThrow();
    return best.alpha() > 0
        ? best
        : new Calibration(
            grid.get(least(AnswerRule.EXPERT::admits)).temperature(), best.alpha(), best.beta());
  }

  private static boolean isOfSameExponents(Calibration one, Calibration other) {
    return one.alpha() == other.alpha() && one.beta() == other.beta();
  }

  private int least(Predicate<Calibration> admitted) {
    return IntStream.range(0, losses.length)
        .filter(i -> admitted.test(grid.get(i)))
        .boxed()
        .min(Comparator.comparingDouble(i -> losses[i]))
        .orElseThrow();
  }

  /* By how much the mean loss of a calibration exceeds that of another and one standard error. */
  private double excess(int calibration, int other) {
    double mean = (losses[calibration] - losses[other]) / pictures;
    double square =
        product(calibration, calibration) - 2 * product(calibration, other) + product(other, other);
    double variance = Math.max(0, square / pictures - mean * mean);
    return mean - Math.sqrt(variance / (pictures - 1));
  }

  private double product(int one, int other) {
    return products[Math.max(one, other)][Math.min(one, other)];
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
