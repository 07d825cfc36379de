package dev.braid.store.json.figures;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError;
import dev.braid.model.figures.Confusion;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.Score;
import dev.braid.store.json.JsonFields;
import dev.braid.store.json.JsonObject;
import java.util.List;
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
  private static final String OF_NO_TASK = "of-no-task";
  private static final String CONFIDENCE = "confidence";
  private static final String PICTURES = "pictures";
  private static final String SUM = "sum";
  private static final String CONFUSIONS = "confusions";
  private static final String CLASS = "class";
  private static final String TASK = "task";
  private static final String ANSWER = "answer";
  private static final String FIRST = "first";

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
        .with(OF_NO_TASK, score.ofNoTask())
        .with(CONFIDENCE, score.confidence().bins(), ScoreParser::toJson)
        .with(CONFUSIONS, score.confusions(), ScoreParser::toJson)
        .bytes();
  }

  private static SortedMap<String, Long> counts(SortedMap<TaskId, Long> ofTasks) {
    SortedMap<String, Long> counts = new TreeMap<>();
    ofTasks.forEach((task, count) -> counts.put(task.name(), count));
    return counts;
  }

  private static JsonObject toJson(CalibrationError.Bin bin) {
    return new JsonObject()
        .with(PICTURES, bin.pictures())
        .with(CORRECT, bin.correct())
        .with(SUM, bin.confidence());
  }

  private static JsonObject toJson(Confusion confusion) {
    return new JsonObject()
        .with(CLASS, confusion.className())
        .with(TASK, confusion.task())
        .with(ANSWER, confusion.answer())
        .with(PICTURES, confusion.pictures())
        .with(FIRST, confusion.first());
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
                counts(fields, ANSWERED),
                fields.has(OF_NO_TASK) ? fields.integer(OF_NO_TASK) : 0,
                fields.has(CONFIDENCE)
                    ? new CalibrationError(fields.objects(CONFIDENCE, ScoreParser::bin))
                    : CalibrationError.ZERO,
                fields.has(CONFUSIONS)
                    ? fields.objects(CONFUSIONS, ScoreParser::confusion)
                    : List.of()));
  }

  private static CalibrationError.Bin bin(JsonFields fields) {
    return new CalibrationError.Bin(
        fields.integer(PICTURES), fields.integer(CORRECT), fields.integer(SUM));
  }

  private static Confusion confusion(JsonFields fields) {
    return new Confusion(
        fields.string(CLASS),
        new TaskId(fields.string(TASK)),
        fields.string(ANSWER),
        fields.integer(PICTURES),
        fields.integer(FIRST));
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
