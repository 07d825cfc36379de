package dev.braid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShowCommandTest {
  @Test
  void rescaler_ofOneGroup_isItself() {
    assertThat(ShowCommand.rescaler(List.of(0.8765432f))).isEqualTo(", lambda 0.8765");
    assertThat(ShowCommand.rescaler(List.of())).isEmpty();
  }

  @Test
  void rescaler_ofManyGroups_isTheirRange() {
    assertThat(ShowCommand.rescaler(List.of(0.9f, 1.25f, 0.5f)))
        .isEqualTo(", lambda 0.5000 to 1.2500 in 3 groups, median 0.9000");
    assertThat(ShowCommand.rescaler(List.of(0.9f, 1f, 1.25f, 0.5f)))
        .isEqualTo(", lambda 0.5000 to 1.2500 in 4 groups, median 0.9500");
  }
}
