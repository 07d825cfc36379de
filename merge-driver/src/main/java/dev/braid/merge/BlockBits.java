package dev.braid.merge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Moves the bits of a block between a row's plane and words. */
final class BlockBits {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private BlockBits() {}

  /** The number of words for this many coordinates. */
  static int words(int coordinates) {
    return (coordinates + Long.SIZE - 1) / Long.SIZE;
  }

  /** The number of bits set. */
  static int count(long[] bits, int words) {
    int count = 0;
    for (int i = 0; i < words; i++) {
      count += Long.bitCount(bits[i]);
    }
    return count;
  }

  /** Reads words of bits from a coordinate on, which is a multiple of 64. */
  static void read(byte[] plane, int coordinate, long[] bits, int words) {
    int from = coordinate / Byte.SIZE;
    int whole = Math.min(words, (plane.length - from) / Long.BYTES);
    for (int i = 0; i < whole; i++) {
      bits[i] = (long) WORDS.get(plane, from + i * Long.BYTES);
    }
    if (whole < words) {
      bits[whole] = rest(plane, from + whole * Long.BYTES);
    }
  }

  private static long rest(byte[] plane, int from) {
    long word = 0;
    for (int i = from; i < plane.length; i++) {
      word |= (plane[i] & 0xFFL) << ((i - from) * Byte.SIZE);
    }
    return word;
  }

  /** Writes a word of bits; bits beyond the plane are dropped. */
  static void set(byte[] plane, int coordinate, long word) {
    int from = coordinate / Byte.SIZE;
    if (from + Long.BYTES <= plane.length) {
      WORDS.set(plane, from, word);
      return;
    }
    for (int i = from; i < plane.length; i++) {
      plane[i] = (byte) (word >>> ((i - from) * Byte.SIZE));
    }
  }
}
