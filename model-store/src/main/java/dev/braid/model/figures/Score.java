package dev.braid.model.figures;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the pictures of a set were classified; a set without pictures has no score.
 *
 * @param answers which pictures were classified correctly
 * @param routed pictures for which the test set's own task was nearest, or was known
 * @param nearest for how many pictures each task was nearest; empty if nothing was routed
 * @param answered how many pictures were assigned to a class of each task
 * @param ofNoTask pictures that the rule takes for pictures of no learned task, whether or not the
 *     base answers them
 * @param confidence the confidence of the answers; without pictures if they have no probability
 * @param confusions the {@link Confusion#KEPT} most frequent wrong answers, the most frequent
 *     first; empty if they were not counted
 */
public record Score(
    CorrectAnswers answers,
    long routed,
    SortedMap<TaskId, Long> nearest,
    SortedMap<TaskId, Long> answered,
    long ofNoTask,
    CalibrationError confidence,
    List<Confusion> confusions)
    implements Serializable {
  public Score {
    Check.argument(answers.total() > 0, "Invalid score: of 0 pictures (at least 1)");
    Check.argument(
        0 <= routed && routed <= answers.total(),
        "Invalid score: %s routed (of %s)",
        routed,
        answers.total());
    nearest = Collections.unmodifiableSortedMap(new TreeMap<>(nearest));
    answered = Collections.unmodifiableSortedMap(new TreeMap<>(answered));
    Check.argument(
        0 <= ofNoTask && ofNoTask <= answers.total(),
        "Invalid score: %s taken for pictures of no task (of %s)",
        ofNoTask,
        answers.total());
    Check.argument(
        confidence.pictures() == 0 || confidence.pictures() == answers.total(),
        "Invalid score: the confidence of %s pictures (of %s)",
        confidence.pictures(),
        answers.total());
    confusions = List.copyOf(confusions);
    check(confusions, answers);
  }

  private static void check(List<Confusion> confusions, CorrectAnswers answers) {
    Check.argument(
        confusions.size() <= Confusion.KEPT,
        "Invalid score: %s confusions (at most %s)",
        confusions.size(),
        Confusion.KEPT);
    long confused = 0;
    long most = Long.MAX_VALUE;
    Set<List<?>> keys = new HashSet<>();
    for (Confusion confusion : confusions) {
      Check.argument(
          keys.add(confusion.key()), "Invalid score: two confusions of %s", confusion.key());
      Check.argument(
          confusion.pictures() <= most,
          "Invalid score: a confusion of %s pictures after one of %s (the most pictures first)",
          confusion.pictures(),
          most);
      most = confusion.pictures();
      confused += most;
    }
    int wrong = answers.total() - answers.correct();
    Check.argument(
        confused <= wrong, "Invalid score: %s confused pictures (of %s wrong)", confused, wrong);
  }

  /** A score of answers without probabilities. */
  public Score(
      CorrectAnswers answers,
      long routed,
      SortedMap<TaskId, Long> nearest,
      SortedMap<TaskId, Long> answered) {
    this(answers, routed, nearest, answered, 0, CalibrationError.ZERO, List.of());
  }

  /** The number of pictures that were classified correctly. */
  public long correct() {
    return answers.correct();
  }

  /** The number of pictures. */
  public long total() {
    return answers.total();
  }

  /**
   * The score of both sets of pictures together, this one's first.
   *
   * @throws IllegalArgumentException if one has confusions: the most frequent ones of each do not
   *     tell those of both ({@link Confusion#mostFrequent} adds up all)
   */
  public Score plus(Score other) {
    Check.argument(
        confusions.isEmpty() && other.confusions.isEmpty(),
        "Cannot add scores with confusions: each has only its most frequent ones");
    return new Score(
        answers.plus(other.answers),
        routed + other.routed,
        sum(nearest, other.nearest),
        sum(answered, other.answered),
        ofNoTask + other.ofNoTask,
        confidence.plus(other.confidence),
        List.of());
  }

  private static SortedMap<TaskId, Long> sum(
      SortedMap<TaskId, Long> one, SortedMap<TaskId, Long> other) {
    SortedMap<TaskId, Long> sum = new TreeMap<>(one);
    other.forEach((task, count) -> sum.merge(task, count, Long::sum));
    return sum;
  }

  /** The same with the nearest tasks; a picture nearest to its own task was routed correctly. */
  public Score routed(TaskId own, SortedMap<TaskId, Long> found) {
    return new Score(
        answers, found.getOrDefault(own, 0L), found, answered, ofNoTask, confidence, confusions);
  }

  /** The same where the task was known, or one model answers for all. */
  public Score unrouted() {
    return new Score(answers, total(), new TreeMap<>(), answered, ofNoTask, confidence, confusions);
  }

  /** Top-1 accuracy as a fraction. */
  public double accuracy() {
    return (double) correct() / total();
  }
}
