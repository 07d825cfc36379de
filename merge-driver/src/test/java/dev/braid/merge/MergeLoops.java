package dev.braid.merge;

import dev.braid.merge.kernel.Kernel;
import dev.braid.merge.kernel.Kernels;
import dev.braid.merge.kernel.PlainKernel;
import java.util.List;

/** The loops that merge a row; all produce the same bits. */
public enum MergeLoops {
  /** The oracle. */
  SIMPLEST,
  PLAIN,
  VECTORS;

  Kernel kernel() {
    return this == VECTORS ? Kernels.get() : new PlainKernel();
  }

  RowStep<DeltasRow> merge(DeltasRow row, float[] delta, RowGroups groups) {
    return this == SIMPLEST
        ? row.merge(delta, groups)
        : new IncrementalMerge(kernel()).merge(copy(row.state()), delta, groups);
  }

  RowStep<DecoupledRow> merge(
      DecoupledRow row, List<List<Float>> lambdas, float[] delta, RowGroups groups) {
    return this == SIMPLEST
        ? row.merge(lambdas, delta, groups)
        : new DecoupledMerge(kernel()).merge(copy(row), lambdas, delta, groups);
  }

  /** A copy, because a merge reuses the arrays of its input. */
  private static DecoupledRow copy(DecoupledRow row) {
    return new DecoupledRow(row.unified(), row.lastFlips().clone(), row.initialMasks());
  }

  private static DeltasState copy(DeltasState state) {
    return new DeltasState(
        state.sums().clone(), state.highs().clone(), state.lows().clone(), state.planes());
  }
}
