package dev.braid.model.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnsembleWeightsTest {
  @Test
  void similarity_ofATaskFarAway_countsNothing() {
    EnsembleWeights ensembleWeights = new EnsembleWeights.Similarity();
    assertThat(ensembleWeights.of(-0.2, 0.3)).isZero();
    assertThat(ensembleWeights.of(0.3, 0.3)).isEqualTo(0.3);
  }

  @Test
  void softmax_ofTheBest_countsOne() {
    assertThat(new EnsembleWeights.Softmax(0.1).of(0.3, 0.3)).isEqualTo(1);
    assertThat(new EnsembleWeights.Softmax(0.1).of(0.2, 0.3)).isBetween(0.3678, 0.3679);
  }
}
