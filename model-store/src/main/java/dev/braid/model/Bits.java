package dev.braid.model;

/** Rows of a plane: coordinate j is bit j mod 8 of byte j / 8, as it is stored. */
public final class Bits {
  private Bits() {}

  /** A row of zeros for this many coordinates. */
  public static byte[] row(int coordinates) {
    return new byte[ElementType.BIT.bytes(coordinates)];
  }

  /** Whether the coordinate's bit is set. */
  public static boolean get(byte[] row, int coordinate) {
    return (row[coordinate >> 3] >> (coordinate & 7) & 1) != 0;
  }

  /** Sets the coordinate's bit. */
  public static void set(byte[] row, int coordinate) {
    row[coordinate >> 3] |= (byte) (1 << (coordinate & 7));
  }

  /** The number of bits set. */
  public static int count(byte[] row) {
    int count = 0;
    for (byte eight : row) {
      count += Integer.bitCount(eight & 0xFF);
    }
    return count;
  }
}
