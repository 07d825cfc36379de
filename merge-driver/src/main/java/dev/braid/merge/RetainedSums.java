package dev.braid.merge;

import java.util.ArrayList;
import java.util.List;

/**
 * What a row leaves of tasks, in version order.
 *
 * @param sums per task its sums of |M u|
 * @param peaks per task its largest |M u|
 * @param covered per task the number of coordinates that its mask covers
 */
public record RetainedSums(List<GroupSums> sums, List<GroupPeaks> peaks, List<Long> covered) {
  /** Of no task. */
  public static final RetainedSums NONE = new RetainedSums(List.of(), List.of(), List.of());

  public RetainedSums {
    sums = List.copyOf(sums);
    peaks = List.copyOf(peaks);
    covered = List.copyOf(covered);
  }

  static RetainedSums of(RowTotals totals) {
    return new RetainedSums(totals.sums(), totals.peaks(), totals.covered());
  }

  /** These tasks and then others. */
  public RetainedSums and(RetainedSums others) {
    return new RetainedSums(
        joined(sums, others.sums), joined(peaks, others.peaks), joined(covered, others.covered));
  }

  private static <T> List<T> joined(List<T> first, List<T> others) {
    List<T> all = new ArrayList<>(first);
    all.addAll(others);
    return all;
  }
}
