package dev.braid.merge;

import dev.braid.merge.DecoupledRow.InitialMask;
import dev.braid.merge.kernel.Decoupled;
import dev.braid.merge.kernel.Kernel;
import dev.braid.merge.kernel.PartialSums;
import dev.braid.merge.kernel.StepRow;
import dev.braid.merge.kernel.Triggers;
import dev.braid.model.Bits;
import dev.braid.model.TensorGroups.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The merge step under truth {@code decoupled}, block by block, with the same results as {@link
 * DecoupledRow#merge}.
 *
 * <p>Not thread-safe.
 */
public final class DecoupledMerge {
  /*
   * A task's bit is set where its initial mask has it and no later step flipped the coordinate. A
   * block computes that for 64 coordinates at once: tasks are in the order of their steps, so the
   * set of coordinates whose last flip is not after a task's step only grows from task to task.
   * Each coordinate is entered once, in the words of the first task for which it is in the set.
   */
  private final Kernel kernel;
  private final UnifiedBlock unifiedBlock;
  private final float[] magnitudes = new float[Block.LENGTH];
  private final Decoupled decoupled =
      new Decoupled(new float[Block.LENGTH], new float[Block.LENGTH]);
  private final float[] total = new float[Block.LENGTH];
  private final long[] elected = new long[Block.WORDS];
  private final long[] above = new long[Block.WORDS];
  private final long[] below = new long[Block.WORDS];
  private final long[] oldAbove = new long[Block.WORDS];
  private final long[] oldBelow = new long[Block.WORDS];
  private final long[] stand = new long[Block.WORDS];
  private final long[] kept = new long[Block.WORDS];
  private final long[] ignored = new long[Block.WORDS];
  private long[] masks = {};
  private float[] next = {};

  /** A merge with these loops. */
  public DecoupledMerge(Kernel kernel) {
    this.kernel = kernel;
    this.unifiedBlock = new UnifiedBlock(kernel);
  }

  /**
   * Merges one more task.
   *
   * @param before its arrays are reused: its last flips become those of the result
   * @param lambdas per task one rescaler for all groups, or one per group
   * @return the next row, whose unified delta is only valid until the next merge, and the sums of
   *     the step
   */
  public RowStep<DecoupledRow> merge(
      DecoupledRow before, List<List<Float>> lambdas, float[] delta, RowGroups groups) {
    int old = before.tasks();
    int step = old == 0 ? 1 : before.initialMasks().get(old - 1).step() + 1;
    int[] firstNotBefore = firstNotBefore(before.initialMasks(), step);
    float[] unified = before.unified();
    boolean isRoom =
        next.length == delta.length && next != unified; // its last result may be the input
    next = isRoom ? next : new float[delta.length];
    int[] flips = before.lastFlips();
    InitialMask initialMask = new InitialMask(step, Bits.row(delta.length));
    masks = Block.masks(old + 1, masks);
    RowTotals decoupledTotals = new RowTotals(groups, old);
    RowTotals left = new RowTotals(groups, old + 1);
    RowTotals added = new RowTotals(groups, 1);
    long nonzero = 0;
    for (Block block : Block.of(groups, delta.length)) {
      int at = block.at();
      int count = block.count();
      findMasks(before.initialMasks(), firstNotBefore, flips, block);
      kernel.magnitudes(unified, at, magnitudes, count);
      for (Run run : block.runs()) {
        Triggers triggers = new Triggers(ofGroup(lambdas, run.group()), masks);
        PartialSums partials = decoupledTotals.partials(run);
        kernel.decouple(magnitudes, triggers, run.from(), run.to(), decoupled, partials);
      }
      kernel.elect(new StepRow(unified, delta, next, at), decoupled, total, 0, count);
      unifiedBlock.take(next, at, count);
      flip(unified, delta, block, initialMask, flips, old);
      nonzero += BlockBits.count(above, block.words()) + BlockBits.count(below, block.words());
      left.add(kernel, block, unifiedBlock.magnitudes(), masks);
      for (Run run : block.runs()) {
        kernel.sum(delta, at, run.from(), run.to(), added.partials(run));
      }
    }
    List<InitialMask> initialMasks = new ArrayList<>(before.initialMasks());
    initialMasks.add(initialMask);
    return new RowStep<>(
        new DecoupledRow(next, flips, initialMasks),
        new StepSums(
            added.sums().get(0),
            nonzero,
            decoupledTotals.sums(),
            left.sums(),
            left.peaks(),
            left.covered()));
  }

  private static float[] ofGroup(List<List<Float>> lambdas, int group) {
    float[] all = new float[lambdas.size()];
    for (int task = 0; task < all.length; task++) {
      List<Float> lambda = lambdas.get(task);
      all[task] = lambda.get(lambda.size() == 1 ? 0 : group);
    }
    return all;
  }

  /** The masks of all old tasks before the step. */
  private void findMasks(
      List<InitialMask> initialMasks, int[] firstNotBefore, int[] flips, Block block) {
    Arrays.fill(masks, 0);
    for (int j = 0; j < block.count(); j++) {
      int flip = Math.min(flips[block.at() + j], firstNotBefore.length - 1);
      masks[firstNotBefore[flip] * Block.WORDS + j / Long.SIZE] |= 1L << j;
    }
    Arrays.fill(stand, 0);
    for (int task = 0; task < initialMasks.size(); task++) {
      int at = task * Block.WORDS;
      BlockBits.read(initialMasks.get(task).plane(), block.at(), above, block.words());
      for (int i = 0; i < block.words(); i++) {
        stand[i] |= masks[at + i];
        masks[at + i] = stand[i] & above[i];
      }
    }
  }

  /** Per step up to the next one, the first task that was merged in this step or later. */
  private static int[] firstNotBefore(List<InitialMask> initialMasks, int next) {
    int[] first = new int[next + 1];
    int task = 0;
    for (int step = 0; step <= next; step++) {
      while (task < initialMasks.size() && initialMasks.get(task).step() < step) {
        task++;
      }
      first[step] = task;
    }
    return first;
  }

  /** Clears the old bits where the coordinate flips, records the flips, and finds the new mask. */
  private void flip(
      float[] unified, float[] delta, Block block, InitialMask initialMask, int[] flips, int old) {
    int at = block.at();
    for (int j = at;
        j < at + block.count();
        j++) { // a flip by a removed task must not clear the new bits
      flips[j] = Math.min(flips[j], initialMask.step());
    }
    kernel.signs(total, 0, 0, block.count(), elected, ignored);
    kernel.signs(delta, at, 0, block.count(), above, below);
    kernel.signs(unified, at, 0, block.count(), oldAbove, oldBelow);
    for (int i = 0; i < block.words(); i++) {
      long joins = (elected[i] & above[i]) | (~elected[i] & below[i]);
      long stays = (elected[i] & oldAbove[i]) | (~elected[i] & oldBelow[i]);
      long flipped = (oldAbove[i] | oldBelow[i]) & ~(stays & unifiedBlock.nonzero(i));
      kept[i] = ~flipped;
      masks[old * Block.WORDS + i] = joins;
      BlockBits.set(initialMask.plane(), at + i * Long.SIZE, joins);
      for (long left = flipped; left != 0; left &= left - 1) {
        flips[at + i * Long.SIZE + Long.numberOfTrailingZeros(left)] = initialMask.step();
      }
    }
    for (int task = 0; task < old; task++) {
      for (int i = 0; i < block.words(); i++) {
        masks[task * Block.WORDS + i] &= kept[i];
      }
    }
  }
}
