package dev.braid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightingTest {
  @Test
  void similarity_ofATaskFarAway_countsNothing() {
    Weighting weighting = new Weighting.Similarity();
    assertThat(weighting.of(-0.2, 0.3)).isZero();
    assertThat(weighting.of(0.3, 0.3)).isEqualTo(0.3);
  }

  @Test
  void softmax_ofTheBest_countsOne() {
    assertThat(new Weighting.Softmax(0.1).of(0.3, 0.3)).isEqualTo(1);
    assertThat(new Weighting.Softmax(0.1).of(0.2, 0.3)).isBetween(0.3678, 0.3679);
  }
}
