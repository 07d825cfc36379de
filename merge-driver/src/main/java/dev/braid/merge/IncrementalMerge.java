package dev.braid.merge;

import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.merge.kernel.Extremes;
import dev.braid.merge.kernel.Kernel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The merge under truth {@code deltas}, block by block, with the same results as {@link
 * DeltasRow#merge}; its parts merge all deltas from scratch.
 *
 * <p>Not thread-safe.
 */
public final class IncrementalMerge {
  private final Kernel kernel;
  private final UnifiedBlock unifiedBlock;
  private long[] masks = {};
  private float[] unified = {};

  /** A merge with these loops. */
  public IncrementalMerge(Kernel kernel) {
    this.kernel = kernel;
    this.unifiedBlock = new UnifiedBlock(kernel);
  }

  /**
   * Merges one more task.
   *
   * @param before its arrays are reused: its sums and extremes become those of the result
   * @return the next row, whose unified delta is only valid until the next merge, and the sums of
   *     the step
   */
  public RowStep<DeltasRow> merge(DeltasState before, float[] delta, RowGroups groups) {
    int old = before.planes().size();
    int coordinates = before.coordinates();
    masks = Block.masks(old + 1, masks);
    unified = unified.length == coordinates ? unified : new float[coordinates];
    DeltaSums own = new DeltaSums(kernel, coordinates, groups);
    RowTotals left = new RowTotals(groups, old + 1);
    for (Block block : Block.of(groups, coordinates)) {
      int at = block.at();
      extend(before, delta, at, block);
      unify(before, unified, block);
      unifiedBlock.take(unified, at, block.count());
      findMasks(before.planes(), block);
      own.add(delta, block);
      unifiedBlock.findMask(own.planes(), block, masks, old * Block.WORDS);
      left.add(kernel, block, unifiedBlock.magnitudes(), masks);
    }
    List<SignPlanes> planes = new ArrayList<>(before.planes());
    planes.add(own.planes());
    DeltasState state = new DeltasState(before.sums(), before.highs(), before.lows(), planes);
    return new RowStep<>(new DeltasRow(unified, state), own.with(RetainedSums.of(left)));
  }

  /**
   * Adds deltas to the sums and extremes of a row, in this order.
   *
   * @param deltas from index 0 of each buffer
   */
  public void extend(DeltasState state, List<FloatBuffer> deltas, RowGroups groups) {
    float[] delta = new float[Block.LENGTH];
    for (Block block : Block.of(groups, state.coordinates())) {
      for (FloatBuffer buffer : deltas) {
        var unused = buffer.get(block.at(), delta, 0, block.count());
        extend(state, delta, 0, block);
      }
    }
  }

  private void extend(DeltasState state, float[] delta, int deltaAt, Block block) {
    kernel.extend(delta, deltaAt, extremes(state, block), block.count());
  }

  /** The unified delta of a row. */
  public float[] unify(DeltasState state, RowGroups groups) {
    float[] row = new float[state.coordinates()];
    Block.of(groups, row.length).forEach(block -> unify(state, row, block));
    return row;
  }

  private void unify(DeltasState state, float[] row, Block block) {
    kernel.unify(extremes(state, block), row, block.at(), block.count());
  }

  private static Extremes extremes(DeltasState state, Block block) {
    return new Extremes(state.sums(), state.highs(), state.lows(), block.at());
  }

  /** The planes and the sums of a row of a delta. */
  public DeltaSums own(float[] delta, RowGroups groups) {
    DeltaSums own = new DeltaSums(kernel, delta.length, groups);
    Block.of(groups, delta.length).forEach(block -> own.add(delta, block));
    return own;
  }

  /** What remains in a row of the tasks with these planes. */
  public RetainedSums left(float[] row, List<SignPlanes> planes, RowGroups groups) {
    masks = Block.masks(planes.size(), masks);
    RowTotals left = new RowTotals(groups, planes.size());
    for (Block block : Block.of(groups, row.length)) {
      unifiedBlock.take(row, block.at(), block.count());
      findMasks(planes, block);
      left.add(kernel, block, unifiedBlock.magnitudes(), masks);
    }
    return RetainedSums.of(left);
  }

  private void findMasks(List<SignPlanes> planes, Block block) {
    for (int task = 0; task < planes.size(); task++) {
      unifiedBlock.findMask(planes.get(task), block, masks, task * Block.WORDS);
    }
  }
}
