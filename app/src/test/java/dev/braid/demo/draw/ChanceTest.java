package dev.braid.demo.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ChanceTest {
  @Test
  void of_withSameSeedAndPath_repeatsItself() {
    assertThat(numbers(1, "a")).containsExactly(numbers(1, "a"));
  }

  @Test
  void of_withOtherSeedOrPath_differs() {
    assertThat(numbers(1, "a")).isNotEqualTo(numbers(2, "a")).isNotEqualTo(numbers(1, "b"));
  }

  @Test
  void between_overManyDraws_coversItsRangeEvenly() {
    double[] draws = numbers(7, "even");
    assertThat(DoubleStream.of(draws).average().orElseThrow()).isCloseTo(0.5, within(0.01));
    assertThat(DoubleStream.of(draws).filter(draw -> draw < 0.1).count()).isBetween(1800L, 2200L);
    assertThat(DoubleStream.of(draws)).allMatch(draw -> draw >= 0 && draw < 1);
  }

  @Test
  void normal_overManyDraws_hasMeanZeroAndDeviationOne() {
    Chance chance = Chance.of(3, "normal");
    double[] draws = DoubleStream.generate(chance::normal).limit(20_000).toArray();
    double square = DoubleStream.of(draws).map(draw -> draw * draw).average().orElseThrow();
    assertThat(DoubleStream.of(draws).average().orElseThrow()).isCloseTo(0, within(0.03));
    assertThat(square).isCloseTo(1, within(0.03));
  }

  private static double[] numbers(long seed, String path) {
    Chance chance = Chance.of(seed, path);
    return DoubleStream.generate(() -> chance.between(0, 1)).limit(20_000).toArray();
  }
}
