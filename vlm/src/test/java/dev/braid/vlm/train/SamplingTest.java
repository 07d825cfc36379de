package dev.braid.vlm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplingTest {
  @Property(tries = 100)
  void batch_overWholeEpochs_takesEveryPictureEquallyOften(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int pictures,
      @ForAll @IntRange(min = 1, max = 50) int batch) {
    Sampling sampling = new Sampling(seed, pictures, batch);
    int[] counts = new int[pictures];
    for (int step = 0; step < pictures; step++) {
      Arrays.stream(sampling.batch(step)).forEach(number -> counts[number]++);
    }
    assertThat(counts).containsOnly(batch);
  }

  @Property(tries = 100)
  void batch_isAFunctionOfTheStep(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int pictures) {
    Sampling sampling = new Sampling(seed, pictures, 7);
    List<int[]> forwards = IntStream.range(0, 12).mapToObj(sampling::batch).toList();
    for (int step = 11; step >= 0; step--) {
      assertThat(sampling.batch(step)).isEqualTo(forwards.get(step));
    }
  }

  @Test
  void batch_ofAnotherSeedOrEpoch_isAnotherOrder() {
    int[] first = new Sampling(1, 100, 100).batch(0);
    assertThat(new Sampling(1, 100, 100).batch(1)).isNotEqualTo(first);
    assertThat(new Sampling(2, 100, 100).batch(0)).isNotEqualTo(first);
  }

  @Test
  void batch_overTheEndOfAnEpoch_goesOnWithTheNext() {
    int[] epochs = new Sampling(3, 5, 10).batch(0);
    Sampling sampling = new Sampling(3, 5, 4);
    assertThat(sampling.batch(0)).isEqualTo(Arrays.copyOfRange(epochs, 0, 4));
    assertThat(sampling.batch(1)).isEqualTo(Arrays.copyOfRange(epochs, 4, 8));
  }
}
