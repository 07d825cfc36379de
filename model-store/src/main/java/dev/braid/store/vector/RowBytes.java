package dev.braid.store.vector;

import dev.braid.model.ElementType;
import java.nio.ByteBuffer;

/** Rows between their stored little-endian bytes and arrays. */
public final class RowBytes {
  private RowBytes() {}

  /** The float32 values of a row; the buffer's position does not change. */
  public static float[] floats(ByteBuffer row) {
    float[] values = new float[row.remaining() / Float.BYTES];
    copy(row, values, 0);
    return values;
  }

  /**
   * Copies the float32 values of a piece of a row to a place; the buffer's position does not
   * change.
   */
  static void copy(ByteBuffer piece, float[] to, int at) {
    var unused = piece.asFloatBuffer().get(to, at, piece.remaining() / Float.BYTES);
  }

  /** The bits of a row, as {@link dev.braid.model.Bits} reads them. */
  public static byte[] bits(ByteBuffer row) {
    byte[] bits = new byte[row.remaining()];
    row.get(bits);
    return bits;
  }

  /** The merge steps of a row: unsigned, of one or two bytes. */
  public static int[] steps(ByteBuffer row, ElementType element) {
    int[] steps = new int[row.remaining() / element.bytes(1)];
    copy(row, element, steps, 0);
    return steps;
  }

  /**
   * Copies the merge steps of a piece of a row to a place; the buffer's position does not change.
   */
  static void copy(ByteBuffer piece, ElementType element, int[] to, int at) {
    int start = piece.position();
    int count = piece.remaining() / element.bytes(1);
    if (element == ElementType.UINT8) {
      for (int j = 0; j < count; j++) {
        to[at + j] = piece.get(start + j) & 0xFF;
      }
    } else {
      for (int j = 0; j < count; j++) {
        to[at + j] = piece.getShort(start + j * Short.BYTES) & 0xFFFF;
      }
    }
  }

  /** A row of float32 values. */
  public static ByteBuffer of(float[] values) {
    return new RowBuffer().of(values);
  }

  /** A row of bits. */
  public static ByteBuffer of(byte[] bits) {
    return ByteBuffer.wrap(bits);
  }

  /** A row of merge steps, each of one or two bytes. */
  public static ByteBuffer of(int[] steps, ElementType element) {
    return new RowBuffer().of(steps, element);
  }
}
