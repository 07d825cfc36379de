package dev.braid.driver;

import dev.braid.model.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rows between their stored little-endian bytes and arrays. */
final class RowBytes {
  private RowBytes() {}

  static float[] floats(ByteBuffer row) {
    float[] values = new float[row.remaining() / Float.BYTES];
    row.asFloatBuffer().get(values);
    return values;
  }

  static byte[] bits(ByteBuffer row) {
    byte[] bits = new byte[row.remaining()];
    row.get(bits);
    return bits;
  }

  /** Unsigned merge steps of one or two bytes. */
  static int[] steps(ByteBuffer row, ElementType element) {
    int[] steps = new int[row.remaining() / element.bytes(1)];
    for (int j = 0; j < steps.length; j++) {
      steps[j] = element == ElementType.UINT8 ? row.get() & 0xFF : row.getShort() & 0xFFFF;
    }
    return steps;
  }

  static ByteBuffer of(float[] values) {
    ByteBuffer row = buffer(values.length * Float.BYTES);
    row.asFloatBuffer().put(values);
    return row;
  }

  static ByteBuffer of(byte[] bits) {
    return ByteBuffer.wrap(bits);
  }

  static ByteBuffer of(int[] steps, ElementType element) {
    ByteBuffer row = buffer(element.bytes(steps.length));
    for (int step : steps) {
      if (element == ElementType.UINT8) {
        row.put((byte) step);
      } else {
        row.putShort((short) step);
      }
    }
    return row.flip();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
