package dev.braid.merge.blend;

import java.io.Serializable;

/**
 * Finds the exact k-th largest magnitude of a long vector by two passes of counting: first by the
 * upper half of its bits, then, within one of those buckets, by the lower half.
 *
 * <p>Counts of pieces can be added in any order. The bits of magnitudes, as integers, have the
 * order of the magnitudes.
 */
public final class MagnitudeCount implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int BUCKETS = 1 << 16;

  private final int bucket;
  private final long[] counts = new long[BUCKETS];

  private MagnitudeCount(int bucket) {
    this.bucket = bucket;
  }

  /** The first pass: over all magnitudes. */
  public static MagnitudeCount coarse() {
    return new MagnitudeCount(-1);
  }

  /** The second pass: over the magnitudes in one bucket of the first pass. */
  public static MagnitudeCount within(int bucket) {
    return new MagnitudeCount(bucket);
  }

  /** A count of the same pass that starts with these counts. */
  public MagnitudeCount copy() {
    MagnitudeCount copy = new MagnitudeCount(bucket);
    copy.add(this);
    return copy;
  }

  /** Counts the values of a piece. */
  public void add(float[] values) {
    for (float value : values) {
      int bits = Float.floatToRawIntBits(Math.abs(value));
      if (bucket < 0) {
        counts[bits >>> 16]++;
      } else if (bits >>> 16 == bucket) {
        counts[bits & 0xffff]++;
      }
    }
  }

  /** Adds the counts of another piece of the same pass. */
  public void add(MagnitudeCount other) {
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] += other.counts[i];
    }
  }

  /**
   * The bucket of the magnitude that this many others exceed, and the number of magnitudes above
   * the bucket.
   *
   * @param larger the number of larger magnitudes, 0 for the largest
   */
  public Place find(long larger) {
    long above = 0;
    for (int i = BUCKETS - 1; i >= 0; i--) {
      if (above + counts[i] > larger) {
        return new Place(i, above);
      }
      above += counts[i];
    }
    throw new IllegalArgumentException(
        "Cannot find a magnitude behind %s others: there are %s".formatted(larger, above));
  }

  /** The magnitude of a bucket of the second pass. */
  public float magnitude(int fine) {
    return Float.intBitsToFloat(bucket << 16 | fine);
  }

  /**
   * A bucket.
   *
   * @param above the number of counted magnitudes above it
   */
  public record Place(int bucket, long above) {}
}
