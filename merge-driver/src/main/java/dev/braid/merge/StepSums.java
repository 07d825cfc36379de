package dev.braid.merge;

import dev.braid.model.Bits;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The sums of a merge step from which the rescalers follow.
 *
 * @param added sums of |δ| of the new task
 * @param nonzero the number of its coordinates that are not 0
 * @param decoupled under truth {@code decoupled}, per old task its sums of |δ| as decoupled from
 *     the previous version; empty under truth {@code deltas}, where the stored sums apply
 * @param left per task, in version order, its sums of |M u|
 * @param peaks per task, in version order, its largest |M u|
 * @param covered per task, in version order, the number of coordinates that its mask covers
 */
public record StepSums(
    GroupSums added,
    long nonzero,
    List<GroupSums> decoupled,
    List<GroupSums> left,
    List<GroupPeaks> peaks,
    List<Long> covered)
    implements Serializable {
  public StepSums {
    decoupled = List.copyOf(decoupled);
    left = List.copyOf(left);
    peaks = List.copyOf(peaks);
    covered = List.copyOf(covered);
  }

  static StepSums of(MergedRow after, float[] delta, List<GroupSums> decoupled, RowGroups groups) {
    List<GroupSums> left = new ArrayList<>();
    List<GroupPeaks> peaks = new ArrayList<>();
    List<Long> covered = new ArrayList<>();
    for (int task = 0; task < after.tasks(); task++) {
      byte[] mask = after.mask(task);
      left.add(GroupSums.ofRow(after.unified(), mask, groups));
      peaks.add(GroupPeaks.ofRow(after.unified(), mask, groups));
      covered.add((long) Bits.count(mask));
    }
    return new StepSums(
        GroupSums.ofRow(delta, groups), nonzero(delta), decoupled, left, peaks, covered);
  }

  private static long nonzero(float[] delta) {
    long nonzero = 0;
    for (float value : delta) {
      nonzero += value != 0 ? 1 : 0;
    }
    return nonzero;
  }

  /**
   * The numerators of all rescalers.
   *
   * @param stored per other task the sums |δ| of its own delta
   * @param place the new task's index
   */
  public List<GroupSums> numerators(List<GroupSums> stored, int place) {
    List<GroupSums> numerators = new ArrayList<>(decoupled.isEmpty() ? stored : decoupled);
    numerators.add(place, added);
    return numerators;
  }

  /** These sums plus those of the next row of a shard, or of the next shard. */
  public StepSums plus(StepSums next) {
    return new StepSums(
        added.plus(next.added),
        nonzero + next.nonzero,
        plus(decoupled, next.decoupled, GroupSums::plus),
        plus(left, next.left, GroupSums::plus),
        plus(peaks, next.peaks, GroupPeaks::plus),
        plus(covered, next.covered, Long::sum));
  }

  private static <T> List<T> plus(List<T> first, List<T> next, BinaryOperator<T> plus) {
    List<T> total = new ArrayList<>();
    for (int task = 0; task < first.size(); task++) {
      total.add(plus.apply(first.get(task), next.get(task)));
    }
    return total;
  }
}
