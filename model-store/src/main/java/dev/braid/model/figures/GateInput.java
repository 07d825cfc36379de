package dev.braid.model.figures;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The measurements of a candidate by which the gate decides.
 *
 * @param task the task it adds
 * @param classes the number of the task's classes
 * @param added the answers on the task, by the base and by the candidate
 * @param known the tasks known before
 * @param alarms health checks that failed, each as a sentence
 * @param cost the cost of measuring
 */
public record GateInput(
    TaskId task,
    int classes,
    PairedCounts added,
    SortedMap<TaskId, Change> known,
    List<String> alarms,
    EvaluationCost cost) {
  public GateInput {
    Check.argument(classes >= 2, "Invalid task %s: %s classes (at least two)", task, classes);
    known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
    alarms = List.copyOf(alarms);
  }

  /**
   * How a known task changes.
   *
   * @param learned its figure when it was learned, or last replaced
   * @param night the answers of the head and of the candidate to the same pictures
   */
  public record Change(Proportion learned, PairedCounts night) {
    /**
     * The change from the figure when the task was learned, in whole pictures. It is counted as
     * lost or gained pictures alone, so that answers that change back and forth do not excuse a
     * fall.
     */
    public PairedCounts sinceLearned() {
      Proportion now = night.after();
      long before = Math.round(learned.value() * now.total());
      return new PairedCounts(
          Math.min(before, now.correct()),
          Math.max(0, before - now.correct()),
          Math.max(0, now.correct() - before),
          now.total());
    }
  }

  /** The base on the task. */
  public Proportion base() {
    return added.before();
  }

  /** The candidate on the task. */
  public Proportion candidate() {
    return added.after();
  }
}
