package dev.braid.inference.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationFitTest {

  @ParameterizedTest
  @CsvSource({"0.003", "0.0076", "0.025", "0.063", "0.1"})
  void best_ofTheExpert_recoversTheTemperatureOfDrawnLabels(double temperature) {
    Calibration truth = new Calibration(temperature, 1, 0);
    assertThat(drawn(truth, 3000).best(AnswerRule.EXPERT)).isEqualTo(truth);
  }

  @ParameterizedTest
  @CsvSource({"0.025,1,1", "0.025,1,0.5", "0.025,1,0", "0.012,0.5,1"})
  void best_fused_recoversTheExponentsOfDrawnLabels(double temperature, double alpha, double beta) {
    Calibration best =
        drawn(new Calibration(temperature, alpha, beta), 3000).best(AnswerRule.FUSED);
    assertThat(best.beta()).isEqualTo(beta);
    assertThat(best.temperature() / best.alpha())
        .isBetween(0.88 * temperature / alpha, 1.13 * temperature / alpha);
  }

  @Test
  void best_whereOnlyTheStatisticsKnow_takesTheTemperatureOfTheExpertAlone() {
    CalibrationFit fit = drawn(new Calibration(0.01, 0, 1), 3000);
    Calibration best = fit.best(AnswerRule.FUSED);
    assertThat(best.alpha()).isZero();
    assertThat(best.beta()).isEqualTo(1);
    assertThat(best.temperature())
        .isEqualTo(fit.best(AnswerRule.EXPERT).temperature())
        .isEqualTo(0.1);
  }

  @Test
  void best_atATie_takesTheLargestExponentsAndTheLowestTemperature() {
    CalibrationFit fit = new CalibrationFit();
    for (int i = 0; i < 20; i++) {
      fit.add(new double[] {0.2, 0.2}, new double[] {Math.log(0.5), Math.log(0.5)}, 0);
    }
    assertThat(fit.best(AnswerRule.FUSED)).isEqualTo(new Calibration(0.003, 1, 1));
    assertThat(fit.best(AnswerRule.EXPERT)).isEqualTo(new Calibration(0.003, 1, 0));
  }

  @Test
  void best_ofTooFewPictures_isUncalibrated() {
    CalibrationFit fit = drawn(new Calibration(0.05, 1, 0), 19);
    assertThat(fit.best(AnswerRule.FUSED)).isEqualTo(new Calibration(0.01, 1, 1));
    assertThat(fit.best(AnswerRule.EXPERT)).isEqualTo(new Calibration(0.01, 1, 0));
  }

  @Test
  void add_aPictureOfAClassWithoutTrainingPictures_isIgnored() {
    CalibrationFit fit = drawn(new Calibration(0.05, 1, 1), 19);
    fit.add(new double[] {0.2, 0.3}, new double[] {0, Double.NEGATIVE_INFINITY}, 1);
    assertThat(fit.best(AnswerRule.FUSED)).isEqualTo(new Calibration(0.01, 1, 1));
  }

  @Test
  void add_aPictureOfAnImpossibleClass_countsItsLogarithm() {
    CalibrationFit fit = new CalibrationFit();
    for (int i = 0; i < 20; i++) {
      fit.add(new double[] {0.25, 0.2}, new double[] {-5000, 0}, 0);
    }
    assertThat(fit.best(AnswerRule.FUSED)).isEqualTo(new Calibration(0.003, 1, 0));
  }

  private static CalibrationFit drawn(Calibration truth, int pictures) {
    Random random = new Random(7);
    CalibrationFit fit = new CalibrationFit();
    for (int i = 0; i < pictures; i++) {
      double[] cosines = random.doubles(4, 0.1, 0.1 + 4 * truth.temperature()).toArray();
      double[] logClasses = Softmax.of(random.doubles(4, 0, 3).toArray());
      for (int c = 0; c < 4; c++) {
        logClasses[c] = Math.log(logClasses[c]);
      }
      fit.add(cosines, logClasses, draw(random, TaskAnswer.ofOwn(truth, cosines, logClasses)));
    }
    return fit;
  }

  private static int draw(Random random, double[] probabilities) {
    double left = random.nextDouble();
    int label = 0;
    while (label < probabilities.length - 1 && left >= probabilities[label]) {
      left -= probabilities[label++];
    }
    return label;
  }
}
