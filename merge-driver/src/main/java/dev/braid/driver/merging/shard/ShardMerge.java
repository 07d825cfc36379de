package dev.braid.driver.merging.shard;

import dev.braid.merge.DecoupledMerge;
import dev.braid.merge.DeltasRow;
import dev.braid.merge.FiniteValues;
import dev.braid.merge.IncrementalMerge;
import dev.braid.merge.MergedRow;
import dev.braid.merge.RowGroups;
import dev.braid.merge.RowStep;
import dev.braid.merge.StepSums;
import dev.braid.merge.kernel.Kernels;
import dev.braid.model.Blob;
import dev.braid.model.record.MergeState;
import dev.braid.store.vector.Blobs;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The merge step on one shard, row by row: memory does not grow with the model. */
public final class ShardMerge {
  private final Blobs blobs;
  private final MergePlan plan;

  /** The merge of any shard of a plan. */
  public ShardMerge(Blobs blobs, MergePlan plan) {
    this.blobs = blobs;
    this.plan = plan;
  }

  /** Merges a shard; nothing is written unless it was merged. */
  public ShardOutcome merge(int shard) {
    if (plan.isFromScratch()) {
      return new FullMerge(blobs, plan, shard).run();
    }
    try (ShardInputs in = new ShardInputs(blobs, plan, shard);
        ShardOutputs out = new ShardOutputs(blobs, plan, shard)) {
      return merge(shard, in, out);
    }
  }

  private ShardOutcome merge(int shard, ShardInputs in, ShardOutputs out) {
    Blob like = plan.delta();
    RowMerge merge = rowMerge();
    Optional<StepSums> sums = Optional.empty();
    for (int row = 0; in.hasRow(); row++) {
      long start = like.cut().rowStart(shard, row);
      float[] delta = in.delta();
      OptionalInt bad = FiniteValues.firstOther(delta);
      if (bad.isPresent()) {
        in.check();
        return new ShardOutcome.NotFinite(start + bad.getAsInt(), delta[bad.getAsInt()]);
      }
      RowGroups groups = RowGroups.of(plan.groups(), like.cut(), shard, row, like.coordinates());
      RowStep<?> step = merge.of(in, delta, groups);
      OptionalInt beyond = FiniteValues.firstOther(largest(step.row()));
      if (beyond.isPresent()) {
        in.check();
        return new ShardOutcome.Overflow(start + beyond.getAsInt());
      }
      out.write(step.row());
      sums = Optional.of(sums.map(before -> before.plus(step.sums())).orElse(step.sums()));
    }
    return new ShardOutcome.Merged(out.finish(), sums.orElseThrow());
  }

  private interface RowMerge {
    RowStep<?> of(ShardInputs in, float[] delta, RowGroups groups);
  }

  private RowMerge rowMerge() {
    if (plan.mergeState() == MergeState.DECOUPLED) {
      DecoupledMerge merge = new DecoupledMerge(Kernels.get());
      List<List<Float>> lambdas = plan.lambdas();
      return (in, delta, groups) -> merge.merge(in.decoupled(delta.length), lambdas, delta, groups);
    }
    IncrementalMerge merge = new IncrementalMerge(Kernels.get());
    return (in, delta, groups) -> merge.merge(in.deltas(delta.length), delta, groups);
  }

  /** The values that grow largest: the sums of all deltas if they are kept. */
  private static float[] largest(MergedRow row) {
    return row instanceof DeltasRow deltas ? deltas.state().sums() : row.unified();
  }
}
