package dev.braid.model;

import java.util.List;

/** Rebuilds a row of a task's delta from the unified delta and the task's trigger. */
public final class Decoupling {
  /*
   * A task's planes are written once. The mask of a version follows from them and from
   * what the version holds (METHODS 2.4, 2.5):
   *
   *   truth decoupled   birth AND last flip <= the task's own merge step
   *   truth deltas      nonzero AND sign equal to the sign of u
   *
   * This is part of what a stored version means, so it is here and not in the merge.
   */
  private Decoupling() {}

  /**
   * The mask of a task under truth {@code decoupled}.
   *
   * @param birth the task's bits in its own merge step
   * @param lastFlips per coordinate the last merge step that cleared all older bits, or 0
   * @param step the task's own merge step, counted from 1
   */
  public static byte[] maskSinceBirth(byte[] birth, int[] lastFlips, int step) {
    byte[] mask = Bits.row(lastFlips.length);
    for (int eight = 0; eight < mask.length; eight++) {
      int bits = 0;
      int from = eight * Byte.SIZE;
      for (int j = from; j < Math.min(from + Byte.SIZE, lastFlips.length); j++) {
        bits |= lastFlips[j] <= step ? 1 << (j - from) : 0;
      }
      mask[eight] = (byte) (bits & birth[eight]); // one store for eight coordinates
    }
    return mask;
  }

  /**
   * The mask of a task under truth {@code deltas}.
   *
   * @param nonzero where the task's delta is not 0
   * @param sign where it is below 0
   */
  public static byte[] maskOfSign(byte[] nonzero, byte[] sign, float[] unified) {
    byte[] mask = Bits.row(unified.length);
    for (int j = 0; j < unified.length; j++) {
      boolean agrees = Bits.get(sign, j) ? unified[j] < 0 : unified[j] > 0;
      if (agrees && Bits.get(nonzero, j)) {
        Bits.set(mask, j);
      }
    }
    return mask;
  }

  /**
   * The task's delta: its rescaler times the masked unified delta, a float32 product; zeros are +0.
   *
   * @param lambda the task's rescalers: one for all, or one per group
   * @param runs the groups of the row's coordinates
   */
  public static float[] decouple(
      float[] unified, byte[] mask, List<Float> lambda, List<TensorGroups.Run> runs) {
    float[] delta = new float[unified.length];
    for (TensorGroups.Run run : runs) {
      float scale = lambda.size() == 1 ? lambda.get(0) : lambda.get(run.group());
      for (int j = run.from(); j < run.to(); j++) {
        if (Bits.get(mask, j)) {
          delta[j] = scale * unified[j] + 0f; // -0 + 0 is +0
        }
      }
    }
    return delta;
  }
}
