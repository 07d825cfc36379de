package dev.braid.model.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibrationErrorTest {
  @Test
  void expected_isTheMeanGapOfTheBins() {
    CalibrationError error =
        CalibrationError.ofCorrect(0.9)
            .plus(CalibrationError.ofWrong(0.91))
            .plus(CalibrationError.ofCorrect(0.5))
            .plus(CalibrationError.ofWrong(0.1));
    // 0.9 and 0.91 share a bin: |1 - 1.81| + |1 - 0.5| + |0 - 0.1|
    assertThat(error.expected()).isCloseTo((0.81 + 0.5 + 0.1) / 4, within(1e-9));
    assertThat(error.pictures()).isEqualTo(4);
  }

  @Test
  void bin_hasItsMeanConfidenceAndItsAccuracy() {
    CalibrationError.Bin bin =
        CalibrationError.ofCorrect(0.95)
            .plus(CalibrationError.ofWrong(0.97))
            .plus(CalibrationError.ofCorrect(1))
            .plus(CalibrationError.ofCorrect(0.96))
            .bins()
            .get(14);
    assertThat(bin.meanConfidence()).isCloseTo(0.97, within(1e-9));
    assertThat(bin.accuracy()).isEqualTo(0.75);
    assertThat(CalibrationError.ZERO.bins().get(0).meanConfidence()).isNaN();
    assertThat(CalibrationError.ZERO.bins().get(0).accuracy()).isNaN();
  }

  @Test
  void bins_areOpenBelowAndClosedAbove() {
    assertThat(bin(0)).isZero();
    assertThat(bin(0.2)).isEqualTo(2);
    assertThat(bin(0.2000001)).isEqualTo(3);
    assertThat(bin(1)).isEqualTo(14);
    assertThat(bin(1 + 1e-12)).isEqualTo(14);
  }

  @Property
  void plus_inAnyOrder_isEqual(@ForAll long seed, @ForAll @IntRange(max = 50) int pictures) {
    CalibrationError forward = CalibrationError.ZERO;
    CalibrationError backward = CalibrationError.ZERO;
    Random random = new Random(seed);
    for (int i = 0; i < pictures; i++) {
      CalibrationError one =
          random.nextBoolean()
              ? CalibrationError.ofCorrect(random.nextDouble())
              : CalibrationError.ofWrong(random.nextDouble());
      forward = forward.plus(one);
      backward = one.plus(backward);
    }
    assertThat(backward).isEqualTo(forward);
    assertThat(forward.plus(CalibrationError.ZERO)).isEqualTo(forward);
    assertThat(forward.pictures()).isEqualTo(pictures);
  }

  @Test
  void expected_withoutPictures_isZero() {
    assertThat(CalibrationError.ZERO.expected()).isZero();
  }

  @Test
  void confidence_outOfRange_isRefused() {
    assertThatThrownBy(() -> CalibrationError.ofWrong(1.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid confidence: 1.1 (from 0 to 1)");
  }

  private static int bin(double confidence) {
    CalibrationError one = CalibrationError.ofCorrect(confidence);
    for (int bin = 0; bin < one.bins().size(); bin++) {
      if (one.bins().get(bin).pictures() == 1) {
        return bin;
      }
    }
    throw new AssertionError("in no bin: " + confidence);
  }
}
