package dev.braid.merge.kernel;

/**
 * The loops of the merge over the coordinates of a block.
 *
 * <p>A block is a stretch of a row that starts at a multiple of 64 and is short enough for a core's
 * fastest cache. Arrays of a row come with the index {@code at} at which the block begins in them;
 * all others begin with the block. Bits are words: coordinate j of the block is bit j mod 64 of
 * word j / 64. Values are finite. All implementations give equal bits.
 */
public interface Kernel {
  /**
   * Sums are kept as so many partial ones: partial k takes the coordinates whose index is k mod 16.
   */
  int PARTIALS = 16;

  /**
   * Adds a delta: to the sums, to the largest values and to the smallest, which stay +0 if it is
   * -0.
   */
  void extend(
      float[] delta, int deltaAt, float[] sums, float[] highs, float[] lows, int at, int count);

  /** The unified delta: the largest value where the sum is above 0, else the smallest. */
  void unify(
      float[] sums, float[] highs, float[] lows, int at, float[] unified, int unifiedAt, int count);

  /**
   * The bits of what is above 0, and of what is below; those of a last word's rest are 0.
   *
   * @param from a multiple of 64
   */
  void signs(float[] values, int at, int from, int to, long[] positive, long[] negative);

  /** The magnitudes of values. */
  void magnitudes(float[] values, int at, float[] magnitudes, int count);

  /** Adds the magnitudes of values to 16 partial sums. */
  void sum(float[] values, int at, int from, int to, double[] partials, int partialsAt);

  /**
   * Adds the magnitudes that the mask covers to 16 partial sums.
   *
   * @return the largest of them, 0 if there is none
   */
  float maskedSum(
      float[] magnitudes,
      long[] mask,
      int maskAt,
      int from,
      int to,
      double[] partials,
      int partialsAt);

  /**
   * Decouples a task: adds its rescaler times the magnitudes that its mask covers to the sums and
   * to 16 partial sums, and keeps the largest.
   */
  void decouple(
      float[] magnitudes,
      float lambda,
      long[] mask,
      int maskAt,
      int from,
      int to,
      float[] sums,
      float[] largest,
      double[] partials,
      int partialsAt);

  /**
   * Elects signs and unifies decoupled tasks with a new delta (METHODS 2.4).
   *
   * @param sums of the decoupled tasks' magnitudes; they have the signs of {@code unified}
   * @param largest of the decoupled tasks' magnitudes
   * @param total the sums with the delta: where they are above 0, + is elected
   * @param next the unified delta after the step; its zeros are +0
   */
  void elect(
      float[] unified,
      float[] delta,
      int at,
      float[] sums,
      float[] largest,
      float[] total,
      float[] next,
      int from,
      int to);
}
