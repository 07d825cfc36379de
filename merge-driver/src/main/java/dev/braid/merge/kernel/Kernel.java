package dev.braid.merge.kernel;

/**
 * The loops of the merge over the coordinates of a block.
 *
 * <p>A block is a stretch of a row that starts at a multiple of 64 and fits into a core's fastest
 * cache. Arrays of a row come with the index {@code at} at which the block begins in them; all
 * other arrays begin with the block. Bits are in words: coordinate j of the block is bit j mod 64
 * of word j / 64. The masks of several tasks share one array, in which task t's words begin at t
 * times {@link #WORDS}. Values are finite. All implementations return the same bits.
 */
public interface Kernel {
  /** The most coordinates of a block. */
  int BLOCK = 4096;

  /** The number of words with one bit per coordinate of a block. */
  int WORDS = BLOCK / Long.SIZE;

  /**
   * The number of partial sums of each sum: partial k takes the coordinates j with j mod 16 = k.
   */
  int PARTIALS = 16;

  /** Adds a delta to the sums and the extremes; extremes of +0 do not become -0. */
  void extend(float[] delta, int deltaAt, Extremes extremes, int count);

  /** The unified delta: the largest value where the sum is above 0, else the smallest. */
  void unify(Extremes extremes, float[] unified, int unifiedAt, int count);

  /**
   * Sets the bits of values above 0 and of values below 0, and clears the rest of the last word.
   *
   * @param from a multiple of 64
   */
  void signs(float[] values, int at, int from, int to, long[] positive, long[] negative);

  /** The magnitudes of values. */
  void magnitudes(float[] values, int at, float[] magnitudes, int count);

  /** Adds the magnitudes of values to the partial sums of one task. */
  void sum(float[] values, int at, int from, int to, PartialSums partials);

  /** Adds the magnitudes that each task's mask covers to the task's partial sums. */
  void maskedSums(
      float[] magnitudes, int tasks, long[] masks, int from, int to, PartialSums partials);

  /** The largest magnitude that a mask covers, or 0. */
  float peak(float[] magnitudes, long[] mask, int maskAt, int from, int to);

  /**
   * Decouples tasks: a task's value is its rescaler times the magnitude where its mask covers the
   * coordinate, else 0.
   *
   * @param decoupled is filled from {@code from} to {@code to}
   * @param partials each task's values are added to the task's partial sums
   */
  void decouple(
      float[] magnitudes,
      Triggers triggers,
      int from,
      int to,
      Decoupled decoupled,
      PartialSums partials);

  /**
   * Elects signs and unifies decoupled tasks with a new delta (METHODS 2.4).
   *
   * @param row its {@code next} is filled
   * @param decoupled the magnitudes of the old tasks, which have the signs of the row's {@code
   *     unified}
   * @param total filled with the sums including the delta: where they are above 0, + is elected
   */
  void elect(StepRow row, Decoupled decoupled, float[] total, int from, int to);
}
