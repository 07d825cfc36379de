package dev.braid.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoreTest {
  @Test
  void score_ofNoPictures_isRefused() {
    assertThatThrownBy(() -> new Score(0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid score: of 0 pictures (at least 1)");
  }

  @Test
  void accuracy_isTheShareOfRightAnswers() {
    assertThat(new Score(1, 0, 3).plus(new Score(2, 1, 3)).accuracy()).isEqualTo(0.5);
  }
}
