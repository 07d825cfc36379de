package dev.braid.store.vector;

import dev.braid.model.Decoupling;
import dev.braid.model.ElementType;
import dev.braid.store.file.Closing;
import java.util.List;

/** The rows of a task's mask in a version: which coordinates of u are still the task's. */
public sealed interface MaskRows extends AutoCloseable {
  /** The next row's bits, for the next row of u. */
  byte[] next(float[] unified);

  @Override
  void close();

  /** Truth {@code decoupled}: the bits at birth that no later merge step cleared. */
  record SinceBirth(RowReader birth, RowReader lastFlip, ElementType stepType, int step)
      implements MaskRows {
    @Override
    public byte[] next(float[] unified) {
      int[] lastFlips = RowBytes.steps(lastFlip.readRow(), stepType);
      return Decoupling.maskSinceBirth(RowBytes.bits(birth.readRow()), lastFlips, step);
    }

    @Override
    public void close() {
      Closing.all(List.of(birth::close, lastFlip::close));
    }
  }

  /** Truth {@code deltas}: where the task's delta is not 0 and has the sign of u. */
  record OfSign(RowReader nonzero, RowReader sign) implements MaskRows {
    @Override
    public byte[] next(float[] unified) {
      byte[] nonzeros = RowBytes.bits(nonzero.readRow());
      return Decoupling.maskOfSign(nonzeros, RowBytes.bits(sign.readRow()), unified);
    }

    @Override
    public void close() {
      Closing.all(List.of(nonzero::close, sign::close));
    }
  }
}
