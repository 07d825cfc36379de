package dev.braid.merge;

import dev.braid.merge.kernel.Kernel;
import dev.braid.merge.kernel.PartialSums;
import dev.braid.model.TensorGroups.Run;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The totals of a row per task: sums of magnitudes and peaks per group, and covered coordinates.
 */
final class RowTotals {
  /** A mask that covers everything. */
  private static final long[] ALL = new long[Block.WORDS];

  static {
    Arrays.fill(ALL, -1);
  }

  private final int tasks;
  private final int groups;

  /** The groups that the row touches, in order. */
  private final int[] touched;

  private final double[] partials;
  private final float[] peaks;
  private final long[] covered;

  RowTotals(RowGroups groups, int tasks) {
    this.tasks = tasks;
    this.groups = groups.count();
    this.touched = groups.runs().stream().mapToInt(Run::group).distinct().sorted().toArray();
    this.partials = new double[tasks * touched.length * Kernel.PARTIALS];
    this.peaks = new float[tasks * touched.length];
    this.covered = new long[tasks];
  }

  /** The partial sums of all tasks in a group. */
  PartialSums partials(Run run) {
    return partials(0, run);
  }

  /** The partial sums of a group, from this task on. */
  PartialSums partials(int task, Run run) {
    return new PartialSums(partials, slot(run, task) * Kernel.PARTIALS);
  }

  private int slot(Run run, int task) {
    return Arrays.binarySearch(touched, run.group()) * tasks + task;
  }

  /** Adds the coordinates of a block that the masks of all tasks cover. */
  void add(Kernel kernel, Block block, float[] magnitudes, long[] masks) {
    for (Run run : block.runs()) {
      int from = run.from();
      int to = run.to();
      kernel.maskedSums(magnitudes, tasks, masks, from, to, partials(run));
      float highest = kernel.peak(magnitudes, ALL, 0, from, to);
      int first = slot(run, 0);
      for (int task = 0; task < tasks; task++) {
        int slot = first + task;
        if (highest > peaks[slot]) { // usually only in a row's first blocks
          int maskAt = task * Block.WORDS;
          peaks[slot] = Math.max(peaks[slot], kernel.peak(magnitudes, masks, maskAt, from, to));
        }
      }
    }
    for (int task = 0; task < tasks; task++) {
      for (int word = 0; word < block.words(); word++) {
        covered[task] += Long.bitCount(masks[task * Block.WORDS + word]);
      }
    }
  }

  /** The sums of every task. */
  List<GroupSums> sums() {
    return IntStream.range(0, tasks).mapToObj(this::sums).toList();
  }

  private GroupSums sums(int task) {
    double[] sums = new double[groups];
    for (int i = 0; i < touched.length; i++) {
      int at = (i * tasks + task) * Kernel.PARTIALS;
      for (int k = 0; k < Kernel.PARTIALS; k++) {
        sums[touched[i]] += partials[at + k];
      }
    }
    return new GroupSums(sums);
  }

  /** The peaks of every task. */
  List<GroupPeaks> peaks() {
    return IntStream.range(0, tasks)
        .mapToObj(
            task -> {
              float[] all = new float[groups];
              for (int i = 0; i < touched.length; i++) {
                all[touched[i]] = peaks[i * tasks + task];
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
