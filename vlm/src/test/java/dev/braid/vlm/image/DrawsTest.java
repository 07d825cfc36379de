package dev.braid.vlm.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrawsTest {
  @Test
  void next_isTheStreamOfSplitMix64() {
    Draws draws = new Draws(1234567);

    // The published test vector of SplitMix64 for this start.
    assertThat(draws.next()).isEqualTo(6457827717110365317L);
    assertThat(draws.next()).isEqualTo(3203168211198807973L);
    assertThat(Long.toUnsignedString(draws.next())).isEqualTo("9817491932198370423");
    assertThat(draws.next()).isEqualTo(4593380528125082431L);
    assertThat(Long.toUnsignedString(draws.next())).isEqualTo("16408922859458223821");
  }

  @Test
  void of_neighbours_startsFarApart() {
    Set<Long> firsts = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      for (long step = 0; step < 30; step++) {
        for (long row = 0; row < 100; row++) {
          firsts.add(Draws.of(seed, step, row).next());
        }
      }
    }
    assertThat(firsts).hasSize(30_000);
  }

  @Test
  void fraction_isEvenlySpread() {
    int[] buckets = new int[10];
    for (int row = 0; row < 100_000; row++) {
      buckets[(int) (Draws.of(1, 1, row).fraction() * 10)]++;
    }
    // Six standard deviations of a binomial of 100,000 and 1/10.
    assertThat(Arrays.stream(buckets).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(9430, 10570));
  }
}
