package dev.braid.jobs.evaluate;

import dev.braid.inference.LabelSpace;
import dev.braid.model.TaskId;
import dev.braid.model.figures.CalibrationError;
import dev.braid.model.figures.Confusion;
import dev.braid.model.figures.CorrectAnswers;
import dev.braid.model.figures.Score;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the answers for the pictures of a set, in the order of their rows. */
final class AnswerCounting {
  private record Mistake(int label, int task, int answer) {}

  private record Seen(long pictures, long first) {}

  private final LabelSpace labelSpace;
  private final List<Boolean> correct = new ArrayList<>();
  private final SortedMap<TaskId, Long> nearest = new TreeMap<>();
  private final SortedMap<TaskId, Long> answered = new TreeMap<>();
  private final Map<Mistake, Seen> mistakes = new LinkedHashMap<>();
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
      mistakes.merge(
          new Mistake(answer.label(), answer.task(), answer.classIndex()),
          new Seen(1, row),
          (one, other) -> new Seen(one.pictures() + 1, one.first()));
    }
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
            confusions());
    return isKnown ? score.unrouted() : score.routed(labelSpace.tested(), nearest);
  }

  /* The sort is stable: of equally frequent mistakes, the one that was made first comes first. */
  private List<Confusion> confusions() {
    return mistakes.entrySet().stream()
        .sorted(Comparator.comparingLong(mistake -> -mistake.getValue().pictures()))
        .limit(Confusion.KEPT)
        .map(mistake -> confusion(mistake.getKey(), mistake.getValue()))
        .toList();
  }

  private Confusion confusion(Mistake mistake, Seen seen) {
    LabelSpace.Task answer = labelSpace.tasks().get(mistake.task());
    return new Confusion(
        labelSpace.tasks().get(labelSpace.indexOfTested()).classNames().get(mistake.label()),
        answer.task(),
        answer.classNames().get(mistake.answer()),
        seen.pictures(),
        seen.first());
  }
}
