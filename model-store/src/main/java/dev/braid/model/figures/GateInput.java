package dev.braid.model.figures;

import dev.braid.model.Check;
import dev.braid.model.TaskId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The measurements of a candidate by which the gate decides.
 *
 * @param task the task it adds
 * @param classes the number of the task's classes
 * @param added the answers on the task, by the base and by the candidate
 * @param known the tasks known before
 * @param union what production sees, where nobody names the task; empty if the version does not
 *     answer by statistics
 * @param alarms health checks that failed, each as a sentence
 * @param cost the cost of measuring
 */
public record GateInput(
    TaskId task,
    int classes,
    PairedCounts added,
    SortedMap<TaskId, Change> known,
    Optional<Union> union,
    List<String> alarms,
    EvaluationCost cost) {
  public GateInput {
    Check.argument(classes >= 2, "Invalid task %s: %s classes (at least two)", task, classes);
    known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
    alarms = List.copyOf(alarms);
  }

  /**
   * The answers where the task of a picture is unknown, and all learned classes are candidates
   * ({@code union-labels}).
   *
   * @param added the candidate on the task it adds
   * @param known the tasks known before, except for one that is replaced
   */
  public record Union(Proportion added, SortedMap<TaskId, UnionChange> known) {
    public Union {
      known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
    }
  }

  /**
   * How a known task changes where the task of a picture is unknown.
   *
   * @param night the answers of the head and of the candidate to the same pictures
   * @param taken pictures that the candidate answers as classes of the task it adds
   */
  public record UnionChange(PairedCounts night, long taken) {
    public UnionChange {
      Check.argument(
          0 <= taken && taken <= night.total(),
          "Invalid change: %s pictures taken (of %s)",
          taken,
          night.total());
    }
  }

  /**
   * How a known task changes.
   *
   * @param learned its figure when it was learned, or last replaced; empty if there is none, or if
   *     this candidate replaces it
   * @param night the answers of the head and of the candidate to the same pictures
   */
  public record Change(Optional<Proportion> learned, PairedCounts night) {
    /**
     * Whether this night takes the task further down, and then by more than a limit below the
     * figure when it was learned.
     *
     * <p>The pictures lost since then are counted as if none had been gained, so that answers that
     * change back and forth do not excuse a fall. If the sample had another size then, its pictures
     * were others, and the two shares are compared as independent samples.
     *
     * @param limit in 0..1
     */
    public boolean fallsSinceLearned(double limit) {
      return night.drop() > 0
          && learned
              .filter(
                  then ->
                      then.total() == night.total()
                          ? lostSince(then).fallsBeyond(limit)
                          : night.after().isBelow(then, limit))
              .isPresent();
    }

    private PairedCounts lostSince(Proportion then) {
      long now = night.after().correct();
      return new PairedCounts(
          Math.min(now, then.correct()),
          Math.max(0, then.correct() - now),
          Math.max(0, now - then.correct()),
          night.total());
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
