package dev.braid.merge;

import dev.braid.merge.kernel.Kernel;
import dev.braid.model.TensorGroups.Run;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Per task, what is summed up of a row: the groups' sums of magnitudes, their peaks, and a count.
 */
final class RowTotals {
  private final int groups;

  /** The groups that the row touches, in order. */
  private final int[] touched;

  private final double[] partials;
  private final float[] peaks;
  private final long[] covered;

  RowTotals(RowGroups groups, int tasks) {
    this.groups = groups.count();
    this.touched = groups.runs().stream().mapToInt(Run::group).distinct().sorted().toArray();
    this.partials = new double[tasks * touched.length * Kernel.PARTIALS];
    this.peaks = new float[tasks * touched.length];
    this.covered = new long[tasks];
  }

  /** The 16 partial sums of all tasks and groups. */
  double[] partials() {
    return partials;
  }

  /** Where the partial sums of a task and group begin. */
  int partialsAt(int task, Run run) {
    return slot(task, run) * Kernel.PARTIALS;
  }

  private int slot(int task, Run run) {
    return task * touched.length + Arrays.binarySearch(touched, run.group());
  }

  /** Adds what a mask covers of a block. */
  void add(Kernel kernel, int task, Block block, float[] magnitudes, long[] mask, int maskAt) {
    for (Run run : block.runs()) {
      int slot = slot(task, run);
      float peak =
          kernel.maskedSum(
              magnitudes, mask, maskAt, run.from(), run.to(), partials, slot * Kernel.PARTIALS);
      peaks[slot] = Math.max(peaks[slot], peak);
    }
    for (int word = 0; word < block.words(); word++) {
      covered[task] += Long.bitCount(mask[maskAt + word]);
    }
  }

  /** The sums of every task. */
  List<GroupSums> sums() {
    return IntStream.range(0, covered.length).mapToObj(this::sums).toList();
  }

  private GroupSums sums(int task) {
    double[] sums = new double[groups];
    int at = task * touched.length * Kernel.PARTIALS;
    for (int group : touched) {
      for (int k = 0; k < Kernel.PARTIALS; k++) {
        sums[group] += partials[at++];
      }
    }
    return new GroupSums(sums);
  }

  /** The peaks of every task. */
  List<GroupPeaks> peaks() {
    return IntStream.range(0, covered.length)
        .mapToObj(
            task -> {
              float[] all = new float[groups];
              for (int i = 0; i < touched.length; i++) {
                all[touched[i]] = peaks[task * touched.length + i];
              }
              return new GroupPeaks(all);
            })
        .toList();
  }

  /** The number of coordinates that the mask of every task covers. */
  List<Long> covered() {
    return Arrays.stream(covered).boxed().toList();
  }
}
