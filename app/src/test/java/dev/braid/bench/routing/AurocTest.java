package dev.braid.bench.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AurocTest {
  @Test
  void of_knownScores_countsPairs() {
    assertThat(Auroc.of(new double[] {3, 4}, new double[] {1, 2})).isEqualTo(1);
    assertThat(Auroc.of(new double[] {1, 2}, new double[] {3, 4})).isZero();
    assertThat(Auroc.of(new double[] {1, 3}, new double[] {2})).isEqualTo(0.5);
    assertThat(Auroc.of(new double[] {2}, new double[] {2, 2, 1})).isEqualTo(2.0 / 3);
  }

  @Property
  void of_anyScores_isTheShareOfOrderedPairs(
      @ForAll @Size(min = 1, max = 9) int[] positives,
      @ForAll @Size(min = 1, max = 9) @IntRange(min = -3, max = 3) int[] negatives) {
    double ordered = 0;
    for (int positive : positives) {
      for (int negative : negatives) {
        ordered += positive > negative ? 1 : positive == negative ? 0.5 : 0;
      }
    }

    assertThat(
            Auroc.of(
                java.util.Arrays.stream(positives).asDoubleStream().toArray(),
                java.util.Arrays.stream(negatives).asDoubleStream().toArray()))
        .isCloseTo(ordered / positives.length / negatives.length, within(1e-12));
  }

  @Test
  void of_noScores_isRefused() {
    assertThatThrownBy(() -> Auroc.of(new double[0], new double[1]))
        .hasMessage("Invalid scores: 0 positives and 1 negatives (at least one of each)");
  }
}
