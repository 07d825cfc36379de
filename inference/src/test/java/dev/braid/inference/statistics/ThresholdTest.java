package dev.braid.inference.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ThresholdTest {
  @Test
  void of_values_isTheSmallestThatHolds95Percent() {
    assertThat(Threshold.of(oneTo(100)).value()).isEqualTo(95);
    assertThat(Threshold.of(oneTo(20)).value()).isEqualTo(19);
    assertThat(Threshold.of(oneTo(21)).value()).isEqualTo(20);
    assertThat(Threshold.of(oneTo(19)).value()).isEqualTo(19);
    assertThat(Threshold.of(oneTo(1)).value()).isEqualTo(1);
  }

  @Property
  void of_anyValues_holds95PercentAndNoSmallerValueDoes(
      @ForAll @Size(min = 1, max = 200) List<@DoubleRange(min = -1e6, max = 1e6) Double> drawn) {
    double[] values = drawn.stream().mapToDouble(value -> value).toArray();
    double threshold = Threshold.of(values).value();
    assertThat(values).contains(threshold);
    assertThat(share(values, threshold)).isGreaterThanOrEqualTo(95.0 * values.length);
    Arrays.stream(values)
        .filter(value -> value < threshold)
        .forEach(value -> assertThat(share(values, value)).isLessThan(95.0 * values.length));
  }

  @Test
  void exceededBy_theThresholdItself_isFalse() {
    assertThat(new Threshold(2).exceededBy(2)).isFalse();
    assertThat(new Threshold(2).exceededBy(2.1)).isTrue();
  }

  @Test
  void of_noValues_isExceededByNone() {
    assertThat(Threshold.of(new double[0])).isEqualTo(Threshold.NONE);
    assertThat(Threshold.NONE.exceededBy(1e300)).isFalse();
  }

  @Test
  void of_notANumber_isRefused() {
    assertThatThrownBy(() -> Threshold.of(new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid threshold: NaN (finite)");
  }

  private static double share(double[] values, double limit) {
    return 100.0 * Arrays.stream(values).filter(value -> value <= limit).count();
  }

  /** From the largest to 1. */
  private static double[] oneTo(int count) {
    return IntStream.range(0, count).mapToDouble(i -> count - i).toArray();
  }
}
