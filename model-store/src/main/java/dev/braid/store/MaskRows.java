package dev.braid.store;

import dev.braid.model.Decoupling;
import dev.braid.model.ElementType;
import java.nio.ByteBuffer;

/** The rows of a task's mask in a version: which coordinates of u are still the task's. */
sealed interface MaskRows extends AutoCloseable {
  /** The next row's bits, for the next row of u. */
  byte[] next(float[] unified);

  @Override
  void close();

  /** Truth {@code decoupled}: the bits at birth that no later merge step cleared. */
  record SinceBirth(RowReader birth, RowReader lastFlip, ElementType stepType, int step)
      implements MaskRows {
    @Override
    public byte[] next(float[] unified) {
      int[] lastFlips = steps(lastFlip.readRow(), unified.length);
      return Decoupling.maskSinceBirth(bytes(birth.readRow()), lastFlips, step);
    }

    private int[] steps(ByteBuffer row, int length) {
      int[] steps = new int[length];
      for (int j = 0; j < length; j++) {
        steps[j] = stepType == ElementType.UINT8 ? row.get() & 0xFF : row.getShort() & 0xFFFF;
      }
      return steps;
    }

    @Override
    public void close() {
      birth.close();
      lastFlip.close();
    }
  }

  /** Truth {@code deltas}: where the task's delta is not 0 and has the sign of u. */
  record OfSign(RowReader nonzero, RowReader sign) implements MaskRows {
    @Override
    public byte[] next(float[] unified) {
      byte[] nonzeros = bytes(nonzero.readRow());
      return Decoupling.maskOfSign(nonzeros, bytes(sign.readRow()), unified);
    }

    @Override
    public void close() {
      nonzero.close();
      sign.close();
    }
  }

  private static byte[] bytes(ByteBuffer row) {
    byte[] bytes = new byte[row.remaining()];
    row.get(bytes);
    return bytes;
  }
}
