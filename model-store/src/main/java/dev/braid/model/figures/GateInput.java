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
 * @param base the base on the task
 * @param candidate the candidate on the task
 * @param known the tasks known before, each at the head and in the candidate
 * @param alarms health checks that failed, each as a sentence
 * @param cost the cost of measuring
 */
public record GateInput(
    TaskId task,
    int classes,
    Proportion base,
    Proportion candidate,
    SortedMap<TaskId, Change> known,
    List<String> alarms,
    EvaluationCost cost) {
  public GateInput {
    Check.argument(classes >= 2, "Invalid task %s: %s classes (at least two)", task, classes);
    known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
    alarms = List.copyOf(alarms);
  }

  /** A known task's figures at the head and in the candidate, on the same pictures. */
  public record Change(Proportion head, Proportion candidate) {}
}
