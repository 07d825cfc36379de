package dev.braid.merge;

import dev.braid.merge.kernel.Kernel;
import dev.braid.model.Bits;
import dev.braid.model.Check;
import dev.braid.model.TensorGroups.Run;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** Sums of magnitudes, one per group of tensors. */
public final class GroupSums implements Serializable {
  /*
   * Double sums depend on their order, and λ must have the same bits with any number of lanes,
   * threads and machines. So the order is fixed: in a row 16 partial sums per group, where partial
   * k takes the coordinates whose index in the row is k mod 16, added 0 to 15; then rows, then
   * shards, with plus.
   */
  private static final int PARTIALS = Kernel.PARTIALS;

  private final double[] sums;

  GroupSums(double[] sums) {
    this.sums = sums;
  }

  /** Sums that were stored. */
  public static GroupSums of(List<Double> sums) {
    return new GroupSums(sums.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The sums of |value| over a row. */
  public static GroupSums ofRow(float[] values, RowGroups groups) {
    double[] partials = new double[groups.count() * PARTIALS];
    for (Run run : groups.runs()) {
      for (int j = run.from(); j < run.to(); j++) {
        partials[run.group() * PARTIALS + j % PARTIALS] += Math.abs(values[j]);
      }
    }
    return ofPartials(partials);
  }

  /** The sums of |value| over the coordinates of a row that the mask covers. */
  public static GroupSums ofRow(float[] values, byte[] mask, RowGroups groups) {
    double[] partials = new double[groups.count() * PARTIALS];
    for (Run run : groups.runs()) {
      for (int j = run.from(); j < run.to(); j++) {
        if (Bits.get(mask, j)) {
          partials[run.group() * PARTIALS + j % PARTIALS] += Math.abs(values[j]);
        }
      }
    }
    return ofPartials(partials);
  }

  private static GroupSums ofPartials(double[] partials) {
    double[] sums = new double[partials.length / PARTIALS];
    for (int i = 0; i < partials.length; i++) {
      sums[i / PARTIALS] += partials[i];
    }
    return new GroupSums(sums);
  }

  /** These sums and then the next ones: of the next row of a shard, or of the next shard. */
  public GroupSums plus(GroupSums next) {
    Check.argument(
        next.sums.length == sums.length,
        "Cannot add sums: %s groups and %s",
        sums.length,
        next.sums.length);
    double[] total = sums.clone();
    for (int group = 0; group < total.length; group++) {
      total[group] += next.sums[group];
    }
    return new GroupSums(total);
  }

  /** The sum of one group. */
  public double of(int group) {
    return sums[group];
  }

  /** All sums, in the groups' order. */
  public List<Double> toList() {
    return Arrays.stream(sums).boxed().toList();
  }
}
