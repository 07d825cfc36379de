package dev.braid.vlm.train;

/**
 * The entries of a vector with the largest magnitudes, never zeros; among equal ones the first.
 *
 * @param least the smallest magnitude among them
 * @param lastTie the index of the last entry of that magnitude among them
 * @param count the number of entries
 */
record LargestEntries(float least, int lastTie, int count) {
  /*
   * The bits of a magnitude, read as an integer, grow with it. So the k-th largest is found by
   * counting: first its upper half among all entries, then its lower half among those that share the
   * upper half. This takes two passes over the vector, no copy and no sorting, and two numbers
   * represent the mask.
   */
  private static final int HALF = 16;
  private static final int BUCKETS = 1 << HALF;
  private static final int LOW = BUCKETS - 1;
  private static final LargestEntries NONE = new LargestEntries(Float.POSITIVE_INFINITY, -1, 0);

  /**
   * The largest of finite values: this share of them, rounded down, or all nonzero ones if fewer.
   */
  static LargestEntries of(float[] values, double share) {
    int wanted = (int) (share * values.length);
    int nonzero = 0;
    for (float value : values) {
      nonzero += value == 0 ? 0 : 1;
    }
    if (wanted == 0 || nonzero == 0) {
      return NONE;
    }
    return nonzero <= wanted
        ? new LargestEntries(Float.MIN_VALUE, values.length - 1, nonzero)
        : largest(values, wanted);
  }

  private static LargestEntries largest(float[] values, int wanted) {
    int[] upper = new int[BUCKETS];
    for (float value : values) {
      upper[bits(value) >>> HALF]++;
    }
    Found high = find(upper, wanted);
    int[] lower = new int[BUCKETS];
    for (float value : values) {
      if (bits(value) >>> HALF == high.bucket()) {
        lower[bits(value) & LOW]++;
      }
    }
    Found low = find(lower, high.left());
    float least = Float.intBitsToFloat(high.bucket() << HALF | low.bucket());
    return new LargestEntries(least, place(values, least, low.left()), wanted);
  }

  /**
   * The bucket of the wanted entry, counted from the largest.
   *
   * @param left its rank in the bucket, counted from 1
   */
  private record Found(int bucket, int left) {}

  private static Found find(int[] counts, int wanted) {
    int left = wanted;
    int bucket = counts.length - 1;
    while (counts[bucket] < left) {
      left -= counts[bucket];
      bucket--;
    }
    return new Found(bucket, left);
  }

  private static int place(float[] values, float magnitude, int occurrence) {
    int place = -1;
    for (int left = occurrence; left > 0; left--) {
      place++;
      while (Math.abs(values[place]) != magnitude) {
        place++;
      }
    }
    return place;
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(Math.abs(value));
  }

  /** Whether the entry at this index, which has this value, is one of them. */
  boolean contains(int place, float value) {
    float magnitude = Math.abs(value);
    return magnitude > least || (magnitude == least && place <= lastTie);
  }
}
