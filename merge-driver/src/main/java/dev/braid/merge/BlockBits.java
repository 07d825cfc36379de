package dev.braid.merge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Moves the bits of a block between a row's plane and words. */
final class BlockBits {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private BlockBits() {}

  /** The number of words that hold so many coordinates. */
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

  /** The 64 bits from a coordinate on, which is a multiple of 64; what is behind the plane is 0. */
  static long get(byte[] plane, int coordinate) {
    int from = coordinate / Byte.SIZE;
    if (from + Long.BYTES <= plane.length) {
      return (long) WORDS.get(plane, from);
    }
    long word = 0;
    for (int i = from; i < plane.length; i++) {
      word |= (plane[i] & 0xFFL) << ((i - from) * Byte.SIZE);
    }
    return word;
  }

  /** Sets them; bits behind the plane are dropped. */
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
