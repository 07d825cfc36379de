package dev.braid.model.figures;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many pictures of a set were classified correctly; a set without pictures has no score.
 *
 * @param routed pictures for which the test set's own task was nearest, or was known
 * @param nearest for how many pictures each task was nearest; empty if nothing was routed
 * @param answered how many pictures were assigned to a class of each task
 */
public record Score(
    long correct,
    long routed,
    long total,
    SortedMap<TaskId, Long> nearest,
    SortedMap<TaskId, Long> answered)
    implements Serializable {
  public Score {
    Check.argument(total > 0, "Invalid score: of %s pictures (at least 1)", total);
    Check.argument(
        0 <= correct && correct <= total && 0 <= routed && routed <= total,
        "Invalid score: %s correct and %s routed (of %s)",
        correct,
        routed,
        total);
    nearest = Collections.unmodifiableSortedMap(new TreeMap<>(nearest));
    answered = Collections.unmodifiableSortedMap(new TreeMap<>(answered));
  }

  /** The score of both sets of pictures together. */
  public Score plus(Score other) {
    return new Score(
        correct + other.correct,
        routed + other.routed,
        total + other.total,
        sum(nearest, other.nearest),
        sum(answered, other.answered));
  }

  private static SortedMap<TaskId, Long> sum(
      SortedMap<TaskId, Long> one, SortedMap<TaskId, Long> other) {
    SortedMap<TaskId, Long> sum = new TreeMap<>(one);
    other.forEach((task, count) -> sum.merge(task, count, Long::sum));
    return sum;
  }

  /** The same with the nearest tasks; a picture nearest to its own task was routed correctly. */
  public Score routed(TaskId own, SortedMap<TaskId, Long> found) {
    return new Score(correct, found.getOrDefault(own, 0L), total, found, answered);
  }

  /** The same where the task was known, or one model answers for all. */
  public Score unrouted() {
    return new Score(correct, total, total, new TreeMap<>(), answered);
  }

  /** Top-1 accuracy as a fraction. */
  public double accuracy() {
    return (double) correct / total;
  }
}
