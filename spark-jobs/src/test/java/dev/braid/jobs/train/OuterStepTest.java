package dev.braid.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OuterStepTest {
  @Test
  void apply_twice_isNesterovMomentumOnTheMeanMove() {
    float[] weights = {1, -2};
    float[] momentum = {0, 0};
    // The mean replica moved from 1 to 0.5 and from -2 to -2: gradients 0.5 and 0.
    OuterStep.apply(weights, momentum, new float[][] {{0.25f, -3}, {0.75f, -1}});
    // 1 - 0.7 (0.5 + 0.9 · 0.5) = 0.335
    assertThat(weights[0]).isCloseTo(0.335f, within(1e-6f));
    assertThat(weights[1]).isEqualTo(-2);
    assertThat(momentum).containsExactly(0.5f, 0);

    OuterStep.apply(weights, momentum, new float[][] {{0.335f, -2}, {0.335f, -2}});
    // Nothing moved: 0.335 - 0.7 · 0.9 · (0.9 · 0.5) = 0.0515
    assertThat(weights[0]).isCloseTo(0.0515f, within(1e-6f));
    assertThat(momentum[0]).isCloseTo(0.45f, within(1e-6f));
  }
}
