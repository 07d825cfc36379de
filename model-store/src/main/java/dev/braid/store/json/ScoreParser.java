package dev.braid.store.json;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.Score;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads and writes the JSON of a score. */
public final class ScoreParser {
  private static final String ANSWERS = "answers";
  private static final String CORRECT = "correct";
  private static final String ROUTED = "routed";
  private static final String TOTAL = "total";
  private static final String NEAREST = "nearest";
  private static final String ANSWERED = "answered";

  private ScoreParser() {}

  /** The canonical JSON of a score. */
  public static byte[] toJson(Score score) {
    return new JsonObject()
        .with(ANSWERS, score.answers().hex())
        .with(CORRECT, score.correct())
        .with(ROUTED, score.routed())
        .with(TOTAL, score.total())
        .with(NEAREST, counts(score.nearest()))
        .with(ANSWERED, counts(score.answered()))
        .bytes();
  }

  private static SortedMap<String, Long> counts(SortedMap<TaskId, Long> ofTasks) {
    SortedMap<String, Long> counts = new TreeMap<>();
    ofTasks.forEach((task, count) -> counts.put(task.name(), count));
    return counts;
  }

  /**
   * The score in this JSON.
   *
   * @param file the file that is read, for messages
   */
  public static Score fromJson(byte[] json, String file) {
    return JsonFields.read(
        json,
        file,
        fields ->
            new Score(
                answers(fields),
                fields.integer(ROUTED),
                counts(fields, NEAREST),
                counts(fields, ANSWERED)));
  }

  private static CorrectAnswers answers(JsonFields fields) {
    CorrectAnswers answers = CorrectAnswers.of(fields.string(ANSWERS), fields.smallInteger(TOTAL));
    long correct = fields.integer(CORRECT);
    Check.argument(
        correct == answers.correct(),
        "Invalid score: %s correct, but %s answers are",
        correct,
        answers.correct());
    return answers;
  }

  private static SortedMap<TaskId, Long> counts(JsonFields fields, String key) {
    SortedMap<TaskId, Long> counts = new TreeMap<>();
    fields.integerMap(key).forEach((task, count) -> counts.put(new TaskId(task), count));
    return counts;
  }
}
