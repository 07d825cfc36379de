package dev.braid.merge;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a merge step sums up for the rescalers.
 *
 * @param added sums of |δ| of the new task
 * @param decoupled under truth {@code decoupled}, per old task its sums of |δ| as decoupled from
 *     the version before; under truth {@code deltas} empty, for there the stored ones hold
 * @param left per task, the new one last, its sums of |M u|
 */
public record StepSums(GroupSums added, List<GroupSums> decoupled, List<GroupSums> left)
    implements Serializable {
  public StepSums {
    decoupled = List.copyOf(decoupled);
    left = List.copyOf(left);
  }

  static StepSums of(MergedRow after, float[] delta, List<GroupSums> decoupled, RowGroups groups) {
    List<GroupSums> left = new ArrayList<>();
    for (int task = 0; task < after.tasks(); task++) {
      left.add(GroupSums.ofRow(after.unified(), after.mask(task), groups));
    }
    return new StepSums(GroupSums.ofRow(delta, groups), decoupled, left);
  }

  /** These sums and then those of the next row of a shard, or of the next shard. */
  public StepSums plus(StepSums next) {
    return new StepSums(
        added.plus(next.added), plus(decoupled, next.decoupled), plus(left, next.left));
  }

  private static List<GroupSums> plus(List<GroupSums> first, List<GroupSums> next) {
    List<GroupSums> total = new ArrayList<>();
    for (int task = 0; task < first.size(); task++) {
      total.add(first.get(task).plus(next.get(task)));
    }
    return Collections.unmodifiableList(total);
  }
}
