package dev.braid.model.figures;

import dev.braid.model.TaskId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The accuracies of a model on the validation pictures of its tasks.
 *
 * @param known where the task of a picture is known
 * @param union where the task is unknown, and all learned classes are candidates; empty if the gate
 *     did not measure it
 */
public record ValidationFigures(
    SortedMap<TaskId, Proportion> known, SortedMap<TaskId, Proportion> union) {
  public ValidationFigures {
    known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
    union = Collections.unmodifiableSortedMap(new TreeMap<>(union));
  }
}
