package dev.braid.store.json.figures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TaskId;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.Score;
import dev.braid.store.json.StoreFormatException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScoreParserTest {
  @Test
  void score_ofNoPictures_isRefused() {
    assertThatThrownBy(() -> score(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid score: of 0 pictures (at least 1)");
  }

  @Test
  void accuracy_isTheShareOfRightAnswers() {
    assertThat(score(0, true, false, false).plus(score(1, true, true, false)).accuracy())
        .isEqualTo(0.5);
  }

  @Test
  void json_thereAndBack_isTheSame() {
    Score score =
        new Score(
            CorrectAnswers.of(false, true, false),
            2,
            new TreeMap<>(Map.of(new TaskId("a"), 2L, new TaskId("b"), 1L)),
            new TreeMap<>(Map.of(new TaskId("b"), 3L)));
    assertThat(ScoreParser.fromJson(ScoreParser.toJson(score), "score")).isEqualTo(score);
  }

  @Test
  void json_whoseCountDiffersFromItsAnswers_isRefused() {
    String json = new String(ScoreParser.toJson(score(0, true, false, false)), UTF_8);

    assertThatThrownBy(
            () ->
                ScoreParser.fromJson(
                    json.replace("\"correct\":1", "\"correct\":2").getBytes(UTF_8), "score"))
        .isInstanceOf(StoreFormatException.class)
        .hasMessageContaining("2 correct, but 1 answers are");
  }

  private static Score score(long routed, boolean... answers) {
    return new Score(CorrectAnswers.of(answers), routed, new TreeMap<>(), new TreeMap<>());
  }
}
