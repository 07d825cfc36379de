package dev.braid.merge;

import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.merge.kernel.Kernel;
import dev.braid.model.Bits;
import dev.braid.model.TensorGroups.Run;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The merge step under truth {@code deltas}, block by block: what {@link DeltasRow#merge} gives.
 *
 * <p>Objects are for one thread.
 */
public final class DeltasMerge {
  private final Kernel kernel;
  private final UnifiedBlock unifiedBlock;
  private final long[] positive = new long[Block.WORDS];
  private final long[] negative = new long[Block.WORDS];

  /** A merge by these loops. */
  public DeltasMerge(Kernel kernel) {
    this.kernel = kernel;
    this.unifiedBlock = new UnifiedBlock(kernel);
  }

  /**
   * Merges more tasks, in this order, at least one.
   *
   * @param before used up: its sums and extremes become those of the row after it
   * @param deltas from index 0 of each buffer
   * @param added the index of the delta that is new: its own values are summed
   * @return the row after the last one, and the sums of the step
   */
  public RowStep<DeltasRow> merge(
      DeltasState before, List<FloatBuffer> deltas, int added, RowGroups groups) {
    int old = before.planes().size();
    int coordinates = before.coordinates();
    float[] unified = new float[coordinates];
    float[] sums = before.sums();
    float[] highs = before.highs();
    float[] lows = before.lows();
    float[][] own = new float[deltas.size()][Block.LENGTH];
    List<SignPlanes> planes = new ArrayList<>(before.planes());
    deltas.forEach(
        delta -> planes.add(new SignPlanes(Bits.row(coordinates), Bits.row(coordinates))));
    RowTotals left = new RowTotals(groups, planes.size());
    RowTotals addedTotals = new RowTotals(groups, 1);
    long nonzero = 0;
    for (Block block : Block.of(groups, coordinates)) {
      int at = block.at();
      for (int i = 0; i < own.length; i++) {
        var unused = deltas.get(i).get(at, own[i], 0, block.count());
        kernel.extend(own[i], 0, sums, highs, lows, at, block.count());
      }
      kernel.unify(sums, highs, lows, at, unified, at, block.count());
      unifiedBlock.take(unified, at, block.count());
      for (int task = 0; task < old; task++) {
        add(left, task, block, unifiedBlock.maskOf(planes.get(task), block));
      }
      for (int i = 0; i < own.length; i++) {
        kernel.signs(own[i], 0, 0, block.count(), positive, negative);
        setPlanes(planes.get(old + i), block);
        if (i == added) {
          nonzero +=
              BlockBits.count(positive, block.words()) + BlockBits.count(negative, block.words());
        }
        add(left, old + i, block, unifiedBlock.maskOf(positive, negative, block.words()));
      }
      for (Run run : block.runs()) {
        kernel.sum(
            own[added],
            0,
            run.from(),
            run.to(),
            addedTotals.partials(),
            addedTotals.partialsAt(0, run));
      }
    }
    DeltasRow row = new DeltasRow(unified, new DeltasState(sums, highs, lows, planes));
    return new RowStep<>(
        row,
        new StepSums(
            addedTotals.sums().get(0),
            nonzero,
            List.of(),
            left.sums(),
            left.peaks(),
            left.covered()));
  }

  private void add(RowTotals left, int task, Block block, long[] mask) {
    left.add(kernel, task, block, unifiedBlock.magnitudes(), mask, 0);
  }

  private void setPlanes(SignPlanes planes, Block block) {
    for (int i = 0; i < block.words(); i++) {
      int at = block.at() + i * Long.SIZE;
      BlockBits.set(planes.nonzero(), at, positive[i] | negative[i]);
      BlockBits.set(planes.sign(), at, negative[i]);
    }
  }
}
