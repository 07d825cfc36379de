package dev.braid.model.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PairedCountsTest {
  /** Sums of binomial coefficients over powers of 2. */
  @Test
  void probability_isMcNemarsExactOne() {
    assertThat(counts(6, 0).probabilityByChance()).isEqualTo(1 / 64.0, within(1e-12));
    assertThat(counts(8, 1).probabilityByChance()).isEqualTo(10 / 512.0, within(1e-12));
    assertThat(counts(0, 3).probabilityByChance()).isEqualTo(1, within(1e-12));
    assertThat(counts(9, 3).probabilityByChance()).isEqualTo(299 / 4096.0, within(1e-12));
  }

  @Test
  void probability_ofManyPictures_isFinite() {
    PairedCounts many = new PairedCounts(0, 30_000, 30_000, 100_000);

    assertThat(many.probabilityByChance()).isBetween(0.5, 0.51);
  }

  /** (6 - 1.96 sqrt(7 - 36 / 50)) / 50. */
  @Test
  void lowerBound_isAgrestiAndMins() {
    assertThat(new PairedCounts(38, 6, 0, 48).lowerBoundOfDrop()).isEqualTo(0.021767, within(1e-6));
  }

  @Property
  void lowerBound_isBelowTheFall(
      @ForAll @IntRange(max = 50) int lost,
      @ForAll @IntRange(max = 50) int gained,
      @ForAll @IntRange(max = 50) int others) {
    PairedCounts pair = new PairedCounts(others, lost, gained, others + lost + gained + 1L);

    assertThat(pair.lowerBoundOfDrop()).isLessThan(Math.max(0, pair.drop()));
  }

  private static PairedCounts counts(long lost, long gained) {
    return new PairedCounts(10, lost, gained, 1000);
  }
}
