package dev.braid.report.page;

import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError.Bin;
import dev.braid.model.figures.Confusion;
import dev.braid.report.AnswerFigures;
import dev.braid.report.ConfusedPair;
import dev.braid.store.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Writes how the last model answers as JSON; pictures are left to the page. */
final class AnswersJson {
  private AnswersJson() {}

  static JsonObject of(AnswerFigures answers) {
    return new JsonObject()
        .with("tasks", answers.tasks(), TaskId::name)
        .with("pictures", answers.pictures(), count -> count)
        .with("of_no_task", answers.ofNoTask(), count -> count)
        .with("calibration_error", answers.confidence().expected())
        .with("bins", answers.confidence().bins(), AnswersJson::bin)
        .with("confusions", confusions(answers), row -> row);
  }

  private static JsonObject bin(Bin bin) {
    JsonObject json = new JsonObject().with("pictures", bin.pictures());
    return bin.pictures() == 0
        ? json
        : json.with("confidence", bin.meanConfidence()).with("accuracy", bin.accuracy());
  }

  private static List<JsonObject> confusions(AnswerFigures answers) {
    List<JsonObject> rows = new ArrayList<>();
    for (int task = 0; task < answers.tasks().size(); task++) {
      for (Confusion confusion : answers.confusions().get(task)) {
        rows.add(confusion(answers.tasks().get(task), confusion));
      }
    }
    return rows;
  }

  private static JsonObject confusion(TaskId task, Confusion confusion) {
    return new JsonObject()
        .with("task", task)
        .with("class", confusion.className())
        .with("answered_task", confusion.task())
        .with("answered_class", confusion.answer())
        .with("pictures", confusion.pictures());
  }

  /** A confusion with its share of the class. */
  static JsonObject of(ConfusedPair pair) {
    return confusion(pair.task(), pair.confusion())
        .with("of_class", pair.ofClass())
        .with("share", pair.share());
  }
}
