package dev.braid.model.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProportionTest {
  /** Newcombe (1998), table I: the score interval of 81 of 263 and of 0 of 20, 1 of 29. */
  @Test
  void lowerBound_ofPublishedExamples_isTheirs() {
    assertThat(new Proportion(81, 263).lowerBound()).isCloseTo(0.2553, within(5e-5));
    assertThat(new Proportion(15, 148).lowerBound()).isCloseTo(0.0624, within(5e-5));
    assertThat(new Proportion(0, 20).lowerBound()).isZero();
    assertThat(new Proportion(1, 29).lowerBound()).isCloseTo(0.0061, within(5e-5));
  }

  @Property
  void lowerBound_staysBelowTheShareAndRisesWithTheSample(
      @ForAll @LongRange(min = 1, max = 1000) long total,
      @ForAll @LongRange(max = 1000) long right) {
    Proportion sample = new Proportion(right % (total + 1), total);
    Proportion larger = new Proportion(sample.correct() * 4, total * 4);

    assertThat(sample.lowerBound()).isBetween(0.0, sample.value() + 1e-12);
    assertThat(larger.lowerBound()).isGreaterThanOrEqualTo(sample.lowerBound() - 1e-12);
  }

  @Test
  void ofImpossibleCounts_isRefused() {
    assertThatThrownBy(() -> new Proportion(3, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Proportion(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toString_readsLikeASentence() {
    assertThat(new Proportion(3, 8)).hasToString("37.5 % (3 of 8)");
    // Wilson's interval of 3 of 8, from a table.
    assertThat(new Proportion(3, 8).interval()).isEqualTo("95 % interval 13.7 to 69.4");
  }
}
