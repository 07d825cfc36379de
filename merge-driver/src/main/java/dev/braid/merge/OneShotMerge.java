package dev.braid.merge;

import dev.braid.merge.kernel.Extremes;
import dev.braid.merge.kernel.Kernel;
import dev.braid.model.TensorGroups.Run;
import java.util.Arrays;
import java.util.List;

/**
 * The one-shot merge of all deltas, block by block (METHODS 2.2): what {@link OneShot} gives, with
 * the sums that rescalers need.
 *
 * <p>Objects are for one thread.
 */
public final class OneShotMerge {
  private final Kernel kernel;
  private final UnifiedBlock unifiedBlock;
  private final Extremes extremes =
      new Extremes(new float[Block.LENGTH], new float[Block.LENGTH], new float[Block.LENGTH], 0);
  private final long[] positive = new long[Block.WORDS];
  private final long[] negative = new long[Block.WORDS];
  private long[] blockMasks = {};

  /** A merge by these loops. */
  public OneShotMerge(Kernel kernel) {
    this.kernel = kernel;
    this.unifiedBlock = new UnifiedBlock(kernel);
  }

  /**
   * Unifies one row of whole vectors.
   *
   * @param deltas all coordinates of every task, in version order
   * @param at the row's first coordinate in them, a multiple of 64
   * @param unified filled with the row's unified delta, at the same index
   * @param masks per task, filled with the coordinates that have the elected sign, at the same
   *     index
   */
  public Sums merge(
      List<float[]> deltas, int at, RowGroups groups, float[] unified, List<byte[]> masks) {
    RowTotals added = new RowTotals(groups, deltas.size());
    RowTotals left = new RowTotals(groups, deltas.size());
    blockMasks = Block.masks(deltas.size(), blockMasks);
    int coordinates = groups.runs().get(groups.runs().size() - 1).to();
    for (Block block : Block.of(groups, coordinates)) {
      int blockAt = at + block.at();
      unify(deltas, unified, blockAt, block.count());
      for (int task = 0; task < deltas.size(); task++) {
        float[] delta = deltas.get(task);
        kernel.signs(delta, blockAt, 0, block.count(), positive, negative);
        int maskAt = task * Block.WORDS;
        unifiedBlock.findMask(positive, negative, block.words(), blockMasks, maskAt);
        for (int i = 0; i < block.words(); i++) {
          BlockBits.set(masks.get(task), blockAt + i * Long.SIZE, blockMasks[maskAt + i]);
        }
        for (Run run : block.runs()) {
          kernel.sum(delta, blockAt, run.from(), run.to(), added.partials(task, run));
        }
      }
      left.add(kernel, block, unifiedBlock.magnitudes(), blockMasks);
    }
    return new Sums(added.sums(), left.sums());
  }

  private void unify(List<float[]> deltas, float[] unified, int at, int count) {
    Arrays.fill(extremes.sums(), 0);
    Arrays.fill(extremes.highs(), 0);
    Arrays.fill(extremes.lows(), 0);
    for (float[] delta : deltas) {
      kernel.extend(delta, at, extremes, count);
    }
    kernel.unify(extremes, unified, at, count);
    unifiedBlock.take(unified, at, count);
  }

  /**
   * The sums from which the rescalers follow, per task.
   *
   * @param added sums of |δ|
   * @param left sums of |M u|
   */
  public record Sums(List<GroupSums> added, List<GroupSums> left) {
    public Sums {
      added = List.copyOf(added);
      left = List.copyOf(left);
    }
  }
}
