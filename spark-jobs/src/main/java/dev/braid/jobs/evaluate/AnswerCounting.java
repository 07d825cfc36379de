package dev.braid.jobs.evaluate;

import dev.braid.inference.LabelSpace;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError;
import dev.braid.model.figures.Confusion;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the answers for the pictures of a set, in the order of their rows. */
final class AnswerCounting {
  private final LabelSpace labelSpace;
  private final List<Boolean> correct = new ArrayList<>();
  private final SortedMap<TaskId, Long> nearest = new TreeMap<>();
  private final SortedMap<TaskId, Long> answered = new TreeMap<>();
  private final List<Confusion> mistakes = new ArrayList<>();
  private CalibrationError confidence = CalibrationError.ZERO;
  private long ofNoTask;

  AnswerCounting(LabelSpace labelSpace) {
    this.labelSpace = labelSpace;
  }

  /** Counts the routing of a picture; nothing is nearest if it is not routed. */
  void route(Optional<TaskId> first, boolean isOfNoTask) {
    first.ifPresent(task -> nearest.merge(task, 1L, Long::sum));
    ofNoTask += isOfNoTask ? 1 : 0;
  }

  /**
   * Counts an answer.
   *
   * @param row the number of the picture in its split
   */
  void add(long row, Answer answer) {
    correct.add(answer.isCorrect());
    answered.merge(labelSpace.tasks().get(answer.task()).task(), 1L, Long::sum);
    confidence =
        confidence.plus(
            answer.isCorrect()
                ? CalibrationError.ofCorrect(answer.probability())
                : CalibrationError.ofWrong(answer.probability()));
    if (!answer.isCorrect()) {
      mistakes.add(mistake(row, answer));
    }
  }

  private Confusion mistake(long row, Answer answer) {
    LabelSpace.Task answered = labelSpace.tasks().get(answer.task());
    return new Confusion(
        labelSpace.tasks().get(labelSpace.indexOfTested()).classNames().get(answer.label()),
        answered.task(),
        answered.classNames().get(answer.classIndex()),
        /* pictures= */ 1,
        row);
  }

  /** The score; a set whose task is known counts as routed correctly. */
  Score score(boolean isKnown) {
    boolean[] answers = new boolean[correct.size()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = correct.get(i);
    }
    Score score =
        new Score(
            CorrectAnswers.of(answers),
            0,
            new TreeMap<>(),
            answered,
            ofNoTask,
            confidence,
            Confusion.mostFrequent(mistakes));
    return isKnown ? score.unrouted() : score.routed(labelSpace.tested(), nearest);
  }
}
