package dev.braid.merge;

import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.merge.kernel.Kernel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The merge under truth {@code deltas}, block by block: a step gives what {@link DeltasRow#merge}
 * does, and so do its parts, which merge all deltas anew.
 *
 * <p>Objects are for one thread.
 */
public final class DeltasMerge {
  private final Kernel kernel;
  private final UnifiedBlock unifiedBlock;

  /** A merge by these loops. */
  public DeltasMerge(Kernel kernel) {
    this.kernel = kernel;
    this.unifiedBlock = new UnifiedBlock(kernel);
  }

  /**
   * Merges one more task.
   *
   * @param before used up: its sums and extremes become those of the row after it
   * @return the row after it, and the sums of the step
   */
  public RowStep<DeltasRow> merge(DeltasState before, float[] delta, RowGroups groups) {
    int old = before.planes().size();
    int coordinates = before.coordinates();
    float[] unified = new float[coordinates];
    OwnSums own = new OwnSums(kernel, coordinates, groups);
    RowTotals left = new RowTotals(groups, old + 1);
    for (Block block : Block.of(groups, coordinates)) {
      int at = block.at();
      extend(before, delta, at, block);
      unify(before, unified, block);
      unifiedBlock.take(unified, at, block.count());
      for (int task = 0; task < old; task++) {
        add(left, task, block, unifiedBlock.maskOf(before.planes().get(task), block));
      }
      own.add(delta, block);
      add(left, old, block, unifiedBlock.maskOf(own.planes(), block));
    }
    List<SignPlanes> planes = new ArrayList<>(before.planes());
    planes.add(own.planes());
    DeltasState state = new DeltasState(before.sums(), before.highs(), before.lows(), planes);
    return new RowStep<>(new DeltasRow(unified, state), own.with(LeftSums.of(left)));
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
    kernel.extend(
        delta, deltaAt, state.sums(), state.highs(), state.lows(), block.at(), block.count());
  }

  /** The unified delta of a row. */
  public float[] unify(DeltasState state, RowGroups groups) {
    float[] unified = new float[state.coordinates()];
    Block.of(groups, unified.length).forEach(block -> unify(state, unified, block));
    return unified;
  }

  private void unify(DeltasState state, float[] unified, Block block) {
    int at = block.at();
    kernel.unify(state.sums(), state.highs(), state.lows(), at, unified, at, block.count());
  }

  /** The planes and the sums of a row of a delta. */
  public OwnSums own(float[] delta, RowGroups groups) {
    OwnSums own = new OwnSums(kernel, delta.length, groups);
    Block.of(groups, delta.length).forEach(block -> own.add(delta, block));
    return own;
  }

  /** What is left of tasks with these planes in a row. */
  public LeftSums left(float[] unified, List<SignPlanes> planes, RowGroups groups) {
    RowTotals left = new RowTotals(groups, planes.size());
    for (Block block : Block.of(groups, unified.length)) {
      unifiedBlock.take(unified, block.at(), block.count());
      for (int task = 0; task < planes.size(); task++) {
        add(left, task, block, unifiedBlock.maskOf(planes.get(task), block));
      }
    }
    return LeftSums.of(left);
  }

  private void add(RowTotals left, int task, Block block, long[] mask) {
    left.add(kernel, task, block, unifiedBlock.magnitudes(), mask, 0);
  }
}
