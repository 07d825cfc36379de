package dev.braid.merge;

import dev.braid.model.Bits;
import dev.braid.model.Decoupling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A row of a version under truth {@code decoupled}, the paper's loop (METHODS 2.4).
 *
 * @param lastFlips per coordinate the last merge step that cleared all older bits, or 0 for none
 * @param initialMasks per task the mask after its own merge step, in version order
 */
@SuppressWarnings("ArrayRecordComponent") // rows are passed on once and never compared
public record DecoupledRow(float[] unified, int[] lastFlips, List<InitialMask> initialMasks)
    implements MergedRow {
  /*
   * A merge step decouples all old tasks and unifies them with the new delta d. Every decoupled
   * value has the sign of u where its bit is set, so the old bits of a coordinate are kept or
   * cleared together: with s = v_1 + ... + v_k + d they are kept where s has the sign of u, and
   * u_new is the largest magnitude of that sign. Hence one pass suffices, and planes are written
   * only once.
   *
   * The paper does not cover one case, which only occurs near the smallest float: u is not 0, but
   * all its products with the rescalers are, and d does not have the sign. Then u_new is 0 and has
   * no sign with which bits could agree. It counts as a flip; otherwise the bits would be valid
   * again with the sign of a later task.
   */
  /**
   * The mask of a task after its own merge step.
   *
   * @param step the number of that merge step, counted from 1
   * @param plane the coordinates at which the task had the elected sign
   */
  @SuppressWarnings("ArrayRecordComponent") // as the row
  public record InitialMask(int step, byte[] plane) {}

  public DecoupledRow {
    initialMasks = Collections.unmodifiableList(initialMasks);
  }

  /** A row before the first merge step. */
  public static DecoupledRow empty(int coordinates) {
    return new DecoupledRow(new float[coordinates], new int[coordinates], List.of());
  }

  @Override
  public int tasks() {
    return initialMasks.size();
  }

  @Override
  public byte[] mask(int task) {
    InitialMask initialMask = initialMasks.get(task);
    return Decoupling.maskSinceBirth(initialMask.plane(), lastFlips, initialMask.step());
  }

  /**
   * The merge step of one more task.
   *
   * @param lambdas the rescalers of the tasks in this row, each one for all or one per group
   * @param delta the new task's delta
   */
  public RowStep<DecoupledRow> merge(List<List<Float>> lambdas, float[] delta, RowGroups groups) {
    float[] sums = new float[delta.length];
    float[] largest = new float[delta.length];
    List<GroupSums> magnitudes = new ArrayList<>();
    for (int task = 0; task < tasks(); task++) {
      float[] old = Decoupling.decouple(unified, mask(task), lambdas.get(task), groups.runs());
      magnitudes.add(GroupSums.ofRow(old, groups));
      for (int j = 0; j < old.length; j++) {
        sums[j] += old[j];
        largest[j] = Math.max(largest[j], Math.abs(old[j]));
      }
    }
    DecoupledRow merged = elect(sums, largest, delta);
    return new RowStep<>(merged, StepSums.of(merged, delta, magnitudes, groups));
  }

  private DecoupledRow elect(float[] sums, float[] largest, float[] delta) {
    int step = initialMasks.isEmpty() ? 1 : initialMasks.get(initialMasks.size() - 1).step() + 1;
    float[] next = new float[delta.length];
    int[] flips = lastFlips.clone();
    byte[] initial = Bits.row(delta.length);
    for (int j = 0; j < delta.length; j++) {
      boolean positive = sums[j] + delta[j] > 0;
      boolean joins = positive ? delta[j] > 0 : delta[j] < 0;
      boolean stays = positive ? unified[j] > 0 : unified[j] < 0;
      float magnitude = Math.max(stays ? largest[j] : 0f, joins ? Math.abs(delta[j]) : 0f);
      next[j] = positive || magnitude == 0 ? magnitude : -magnitude;
      if (joins) {
        Bits.set(initial, j);
      }
      if (unified[j] != 0 && (!stays || magnitude == 0)) {
        flips[j] = step;
      }
      flips[j] =
          Math.min(flips[j], step); // of a removed task: it must not clear the new task's bit
    }
    List<InitialMask> all = new ArrayList<>(initialMasks);
    all.add(new InitialMask(step, initial));
    return new DecoupledRow(next, flips, all);
  }
}
