package dev.braid.store.vector;

import dev.braid.model.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds rows from arrays, in memory that the next row overwrites. */
public final class RowBuffer {
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  /** A row of float32 values. */
  public ByteBuffer of(float[] values) {
    ByteBuffer row = row(values.length * Float.BYTES);
    row.asFloatBuffer().put(values);
    return row;
  }

  /** A row of merge steps, each of one or two bytes. */
  public ByteBuffer of(int[] steps, ElementType element) {
    ByteBuffer row = row(element.bytes(steps.length));
    if (element == ElementType.UINT8) {
      for (int j = 0; j < steps.length; j++) {
        row.put(j, (byte) steps[j]);
      }
    } else {
      for (int j = 0; j < steps.length; j++) {
        row.putShort(j * Short.BYTES, (short) steps[j]);
      }
    }
    return row;
  }

  private ByteBuffer row(int length) {
    if (bytes.capacity() < length) {
      bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
    return bytes.clear().limit(length);
  }
}
