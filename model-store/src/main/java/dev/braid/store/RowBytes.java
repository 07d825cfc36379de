package dev.braid.store;

import dev.braid.model.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rows between their stored little-endian bytes and arrays. */
public final class RowBytes {
  private RowBytes() {}

  /** The float32 values of a row; the buffer stays where it is. */
  public static float[] floats(ByteBuffer row) {
    float[] values = new float[row.remaining() / Float.BYTES];
    row.asFloatBuffer().get(values);
    return values;
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
    if (element == ElementType.UINT8) {
      byte[] bytes = bits(row);
      for (int j = 0; j < steps.length; j++) {
        steps[j] = bytes[j] & 0xFF;
      }
    } else {
      for (int j = 0; j < steps.length; j++) {
        steps[j] = row.getShort() & 0xFFFF;
      }
    }
    return steps;
  }

  /** A row of float32 values. */
  public static ByteBuffer of(float[] values) {
    ByteBuffer row = buffer(values.length * Float.BYTES);
    row.asFloatBuffer().put(values);
    return row;
  }

  /** A row of bits. */
  public static ByteBuffer of(byte[] bits) {
    return ByteBuffer.wrap(bits);
  }

  /** A row of merge steps, each of one or two bytes. */
  public static ByteBuffer of(int[] steps, ElementType element) {
    if (element == ElementType.UINT8) {
      byte[] bytes = new byte[steps.length];
      for (int j = 0; j < steps.length; j++) {
        bytes[j] = (byte) steps[j];
      }
      return of(bytes);
    }
    ByteBuffer row = buffer(element.bytes(steps.length));
    for (int step : steps) {
      row.putShort((short) step);
    }
    return row.flip();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
