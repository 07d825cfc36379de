package dev.braid.bench.merge;

/** Generates reproducible random vectors, of which any range can be drawn separately. */
final class Draw {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final float SCALE = 1e-3f / (1 << 15);

  private Draw() {}

  /** Draws values like a delta's, approximately normal, of which one in 65,536 is 0. */
  static void delta(int seed, long start, float[] into, int at, int count) {
    for (int j = 0; j < count; j++) {
      long bits = bits(seed, start + j);
      int sum = (short) bits + (short) (bits >> 16) + (short) (bits >> 32);
      into[at + j] = (short) (bits >> 48) == 0 ? 0f : sum * SCALE;
    }
  }

  /** Draws the delta values of one row. */
  static float[] delta(int seed, long start, int count) {
    float[] delta = new float[count];
    delta(seed, start, delta, 0, count);
    return delta;
  }

  /** Draws a row of bits, half of which are set. */
  static byte[] plane(int seed, long start, int coordinates) {
    byte[] plane = new byte[(coordinates + 7) / 8];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = (byte) (bits(seed, start + i) >> 32);
    }
    int used = coordinates % 8;
    if (used != 0) {
      plane[plane.length - 1] &= (byte) ((1 << used) - 1);
    }
    return plane;
  }

  /** Draws the last flips of a row: for one in four a step so far, for the others none. */
  static int[] flips(int seed, long start, int count, int steps) {
    int[] flips = new int[count];
    for (int j = 0; j < count; j++) {
      long bits = bits(seed, start + j);
      flips[j] = (bits & 3) == 0 && steps > 1 ? 2 + (int) ((bits >>> 8) % (steps - 1)) : 0;
    }
    return flips;
  }

  /** SplitMix64 of a seed and a position. */
  private static long bits(int seed, long place) {
    long z = (seed * 0xD1342543DE82EF95L) ^ ((place + 1) * GOLDEN);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
