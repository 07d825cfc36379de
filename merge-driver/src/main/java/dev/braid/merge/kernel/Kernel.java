package dev.braid.merge.kernel;

/**
 * The loops of the merge over the coordinates of a block.
 *
 * <p>A block is a stretch of a row that starts at a multiple of 64 and is short enough for a core's
 * fastest cache. Arrays of a row come with the index {@code at} at which the block begins in them;
 * all others begin with the block. Bits are words: coordinate j of the block is bit j mod 64 of
 * word j / 64. Masks of several tasks are one array, in which task t's words begin at t times
 * {@link #WORDS}; their partial sums are one array, too, in which task t's begin at t times {@link
 * #PARTIALS} behind the first one's. Values are finite. All implementations give equal bits.
 */
public interface Kernel {
  /** The most coordinates of a block. */
  int BLOCK = 4096;

  /** The words that hold a bit for each of them. */
  int WORDS = BLOCK / Long.SIZE;

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

  /** Per task, adds the magnitudes that its mask covers to its 16 partial sums. */
  void maskedSums(
      float[] magnitudes,
      int tasks,
      long[] masks,
      int from,
      int to,
      double[] partials,
      int partialsAt);

  /** The largest magnitude that a mask covers, 0 if there is none. */
  float peak(float[] magnitudes, long[] mask, int maskAt, int from, int to);

  /**
   * Decouples tasks: a task's value of a coordinate is its rescaler times the magnitude where its
   * mask covers that, else 0.
   *
   * @param lambdas per task, in version order
   * @param sums take the sums of all tasks' values, added in their order
   * @param largest take the largest of all tasks' values
   * @param partials per task, its values are added to its 16 partial sums
   */
  void decouple(
      float[] magnitudes,
      float[] lambdas,
      long[] masks,
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
