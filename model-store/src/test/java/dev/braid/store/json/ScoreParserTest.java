package dev.braid.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TaskId;
import dev.braid.model.figures.Score;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScoreParserTest {
  @Test
  void score_ofNoPictures_isRefused() {
    assertThatThrownBy(() -> score(0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid score: of 0 pictures (at least 1)");
  }

  @Test
  void accuracy_isTheShareOfRightAnswers() {
    assertThat(score(1, 0, 3).plus(score(2, 1, 3)).accuracy()).isEqualTo(0.5);
  }

  @Test
  void json_thereAndBack_isTheSame() {
    Score score =
        new Score(
            1,
            2,
            3,
            new TreeMap<>(Map.of(new TaskId("a"), 2L, new TaskId("b"), 1L)),
            new TreeMap<>(Map.of(new TaskId("b"), 3L)));
    assertThat(ScoreParser.fromJson(ScoreParser.toJson(score), "score")).isEqualTo(score);
  }

  private static Score score(long correct, long routed, long total) {
    return new Score(correct, routed, total, new TreeMap<>(), new TreeMap<>());
  }
}
