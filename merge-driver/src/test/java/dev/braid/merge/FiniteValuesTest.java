package dev.braid.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FiniteValuesTest {
  @Test
  void firstOther_findsNanAndInfinities() {
    assertThat(FiniteValues.firstOther(new float[] {1, Float.NaN, Float.NaN})).hasValue(1);
    assertThat(FiniteValues.firstOther(new float[] {Float.NEGATIVE_INFINITY})).hasValue(0);
    assertThat(FiniteValues.firstOther(new float[] {-0f, Float.MAX_VALUE, Float.MIN_VALUE}))
        .isEmpty();
  }
}
