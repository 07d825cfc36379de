package dev.braid.inference.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.record.AnswerRule;
import dev.braid.model.record.Calibration;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final double[] COSINES = {0.31, 0.29};
  private static final double[] LOG_CLASSES = {
    Math.log(0.021710034466525717), Math.log(0.9782899655334742)
  };

  /* NumPy 2.4: q = exp(cosines / .02) * l ** .5, divided by its sum. */
  @Test
  void answer_fused_hasTheNumbersOfNumPy() {
    double[] answer = TaskAnswer.ofOwn(new Calibration(0.02, 1, 0.5), COSINES, LOG_CLASSES);
    assertThat(answer[0]).isCloseTo(0.2882259547076174, within(1e-12));
    assertThat(answer[1]).isCloseTo(0.7117740452923826, within(1e-12));
  }

  @Test
  void answer_ofTheExpert_isTheSoftmaxOfItsCosines() {
    double[] answer = TaskAnswer.ofOwn(new Calibration(0.02, 1, 0), COSINES, LOG_CLASSES);
    assertThat(answer[0]).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
  }

  @Test
  void answer_ofTheStatistics_isTheirs() {
    double[] answer = TaskAnswer.ofOwn(new Calibration(0.02, 0, 1), COSINES, LOG_CLASSES);
    assertThat(answer[1]).isCloseTo(0.9782899655334742, within(1e-12));
  }

  @Test
  void answer_overOtherCandidates_usesTheExpertAlone() {
    double[] half = TaskAnswer.ofOthers(new Calibration(0.02, 0.5, 1), COSINES);
    assertThat(half[0]).isCloseTo(1 / (1 + Math.exp(-0.5)), within(1e-12));
    double[] whole = TaskAnswer.ofOthers(new Calibration(0.02, 0, 1), COSINES);
    assertThat(whole[0]).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
  }

  @Test
  void answer_withAClassWithoutPictures_leavesItToTheExpertWhereStatisticsAreNotUsed() {
    double[] logClasses = {0, Double.NEGATIVE_INFINITY};
    assertThat(TaskAnswer.ofOwn(new Calibration(0.02, 1, 1), COSINES, logClasses))
        .containsExactly(1, 0);
    assertThat(TaskAnswer.ofOwn(new Calibration(0.02, 1, 0), COSINES, logClasses)[1])
        .isGreaterThan(0.2);
  }

  @Property
  void answer_ofAnyCosines_addsUpToOne(
      @ForAll @DoubleRange(min = -1, max = 1) double first,
      @ForAll @DoubleRange(min = -1, max = 1) double second,
      @ForAll @DoubleRange(min = -2000, max = 0) double improbable) {
    double[] answer =
        TaskAnswer.ofOwn(
            new Calibration(0.003, 1, 1),
            new double[] {first, second, 0},
            new double[] {0, improbable, improbable});
    assertThat(DoubleStream.of(answer).sum()).isCloseTo(1, within(1e-12));
  }

  @Test
  void uncalibrated_followsTheRule() {
    assertThat(Calibration.uncalibrated(AnswerRule.FUSED)).isEqualTo(new Calibration(0.01, 1, 1));
    assertThat(Calibration.uncalibrated(AnswerRule.EXPERT)).isEqualTo(new Calibration(0.01, 1, 0));
  }

  @Test
  void faultyValues_areRefused() {
    assertThatThrownBy(() -> new Calibration(0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid temperature: 0.0 (positive)");
    assertThatThrownBy(() -> new Calibration(0.01, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid exponents: 0.0 and 0.0 (0 or more, not both 0)");
    assertThatThrownBy(() -> TaskAnswer.ofOwn(Calibration.BASE, new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid answer: 2 cosines and 3 classes");
  }
}
