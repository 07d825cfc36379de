package dev.braid.vlm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LargestEntriesTest {
  @Property(tries = 300)
  void of_anyVector_isTheHeadOfASortedOne(
      @ForAll("vectors") float[] values, @ForAll @DoubleRange(min = 0, max = 1) double share) {
    LargestEntries largest = LargestEntries.of(values, share);
    Set<Integer> found =
        IntStream.range(0, values.length)
            .filter(place -> largest.contains(place, values[place]))
            .boxed()
            .collect(Collectors.toSet());

    assertThat(found).isEqualTo(sorted(values, share)).hasSize(largest.count());
  }

  /** The largest, sorted; a stable sort leaves the first of equal ones in front. */
  static Set<Integer> sorted(float[] values, double share) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(place -> -Math.abs(values[place])))
        .limit((long) (share * values.length))
        .filter(place -> values[place] != 0)
        .collect(Collectors.toSet());
  }

  /** Any floats, and few different ones, so that many are equal. */
  @Provide
  Arbitrary<float[]> vectors() {
    return Arbitraries.oneOf(
            Arbitraries.floats(),
            Arbitraries.of(0f, -0f, 1f, -1f, 1.0000001f, 2f, Float.MIN_VALUE, -Float.MAX_VALUE))
        .array(float[].class)
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Test
  void of_halfOfOneToFour_isThreeAndFour() {
    LargestEntries largest = LargestEntries.of(new float[] {-4, 1, 3, -2}, 0.5);
    assertThat(largest).isEqualTo(new LargestEntries(3, 2, 2));
  }
}
