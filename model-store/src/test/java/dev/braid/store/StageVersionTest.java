package dev.braid.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StageVersionTest {
  @Test
  void inputs_beginWithTheNumberAlone() {
    byte[] json = new StageVersion("evaluate", 3).inputs().with("seed", 7).bytes();

    assertThat(new String(json, UTF_8)).isEqualTo("{\"seed\":7,\"stage\":3}");
  }

  @Test
  void toString_isTheNameAndTheNumberOfATextsFirstLine() {
    assertThat(new StageVersion("merge", 1)).hasToString("merge 1");
  }

  @Test
  void stage_ofNoName_isRefused() {
    assertThatThrownBy(() -> new StageVersion("Merge", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid stage name: Merge");
  }

  @Test
  void stage_withoutANumber_isRefused() {
    assertThatThrownBy(() -> new StageVersion("merge", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid number of stage merge: 0 (at least 1)");
  }
}
