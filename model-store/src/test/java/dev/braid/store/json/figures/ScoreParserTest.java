package dev.braid.store.json.figures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError;
import dev.braid.model.figures.Confusion;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.Score;
import dev.braid.store.json.StoreFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Property(tries = 200)
  void json_ofProbabilities_isTheSame(
      @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = 0, max = 1) Double> confidences,
      @ForAll long seed) {
    Score score = drawn(confidences, new Random(seed));

    assertThat(ScoreParser.fromJson(ScoreParser.toJson(score), "score")).isEqualTo(score);
  }

  private static Score drawn(List<Double> confidences, Random random) {
    boolean[] answers = new boolean[confidences.size()];
    CalibrationError confidence = CalibrationError.ZERO;
    List<Confusion> confusions = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      answers[i] = random.nextBoolean();
      double each = confidences.get(i);
      confidence =
          confidence.plus(
              answers[i] ? CalibrationError.ofCorrect(each) : CalibrationError.ofWrong(each));
      if (!answers[i]) {
        String answer = "class " + random.nextInt(12);
        confusions.add(new Confusion("\"é\"", new TaskId("b"), answer, 1, i));
      }
    }
    return new Score(
        CorrectAnswers.of(answers),
        random.nextInt(answers.length + 1),
        new TreeMap<>(Map.of(new TaskId("a"), (long) answers.length)),
        new TreeMap<>(Map.of(new TaskId("b"), (long) answers.length)),
        random.nextInt(answers.length + 1),
        confidence,
        Confusion.mostFrequent(confusions));
  }

  @Test
  void json_isTheTextOfTheFormat() {
    TaskId task = new TaskId("b");
    Score score =
        new Score(
            CorrectAnswers.of(true, false),
            1,
            new TreeMap<>(Map.of(task, 1L)),
            new TreeMap<>(Map.of(task, 2L)),
            1,
            CalibrationError.ofCorrect(0.5).plus(CalibrationError.ofWrong(1)),
            List.of(new Confusion("cat", task, "dog", 1, 7)));
    String none = "{\"correct\":0,\"pictures\":0,\"sum\":0},";

    assertThat(ScoreParser.toJson(score))
        .asString(UTF_8)
        .isEqualTo(
            "{\"answered\":{\"b\":2},\"answers\":\"01\",\"confidence\":["
                + none.repeat(7)
                + "{\"correct\":1,\"pictures\":1,\"sum\":2147483648},"
                + none.repeat(6)
                + "{\"correct\":0,\"pictures\":1,\"sum\":4294967296}],"
                + "\"confusions\":[{\"answer\":\"dog\",\"class\":\"cat\",\"first\":7,\"pictures\":1,"
                + "\"task\":\"b\"}],\"correct\":1,\"nearest\":{\"b\":1},\"of-no-task\":1,\"routed\":1,"
                + "\"total\":2}");
  }

  @Test
  void json_ofAnOlderRelease_isReadWithoutProbabilities() {
    String json =
        """
{"answered":{"b":3},"answers":"02","correct":1,"nearest":{"a":2,"b":1},"routed":2,"total":3}""";

    assertThat(ScoreParser.fromJson(json.getBytes(UTF_8), "score"))
        .isEqualTo(
            new Score(
                CorrectAnswers.of(false, true, false),
                2,
                new TreeMap<>(Map.of(new TaskId("a"), 2L, new TaskId("b"), 1L)),
                new TreeMap<>(Map.of(new TaskId("b"), 3L)),
                0,
                CalibrationError.ZERO,
                List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"of-no-task\":1' | '\"of-no-task\":3' | Invalid score: 3 taken for pictures of no task"
            + " (of 2)",
        "'\"first\":7' | '\"first\":-1' | Invalid confusion: first at picture -1 (0 or more)",
        "'\"first\":7,\"pictures\":1' | '\"first\":7,\"pictures\":0' | Invalid confusion: of 0"
            + " pictures (at least 1)",
        "'\"first\":7,\"pictures\":1' | '\"first\":7,\"pictures\":2' | Invalid score: 2 confused"
            + " pictures (of 1 wrong)",
        "'\"correct\":0,\"pictures\":1,\"sum\":4' | '\"correct\":2,\"pictures\":1,\"sum\":4' |"
            + " 'Invalid bin: 2 correct of 1 pictures, confidence 4294967296 (no negative number)'",
        "'\"pictures\":1,\"sum\":4294967296' | '\"pictures\":9,\"sum\":1' | Invalid score: the"
            + " confidence of 10 pictures (of 2)",
      })
  void json_ofAnInvalidFigure_isRefused(String valid, String invalid, String reason) {
    Score score =
        new Score(
            CorrectAnswers.of(true, false),
            1,
            new TreeMap<>(),
            new TreeMap<>(),
            1,
            CalibrationError.ofCorrect(0.5).plus(CalibrationError.ofWrong(1)),
            List.of(new Confusion("cat", new TaskId("b"), "dog", 1, 7)));
    String json = new String(ScoreParser.toJson(score), UTF_8);
    assertThat(json).contains(valid);

    assertThatThrownBy(
            () -> ScoreParser.fromJson(json.replace(valid, invalid).getBytes(UTF_8), "score"))
        .isInstanceOf(StoreFormatException.class)
        .hasMessage("Cannot read score: " + reason);
  }

  private static Score score(long routed, boolean... answers) {
    return new Score(CorrectAnswers.of(answers), routed, new TreeMap<>(), new TreeMap<>());
  }
}
