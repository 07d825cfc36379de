package dev.braid.store.vector;

import dev.braid.model.Check;
import java.nio.FloatBuffer;

/** Reads a float32 vector from its first coordinate on, in pieces of any length. */
public final class FloatReader implements AutoCloseable {
  private final FloatRows rows;
  private FloatBuffer row = FloatBuffer.allocate(0);

  public FloatReader(FloatRows rows) {
    this.rows = rows;
  }

  /** Fills the array with the next values. */
  public void read(float[] values) {
    int filled = 0;
    while (filled < values.length) {
      if (!row.hasRemaining()) {
        Check.argument(rows.hasRow(), "Invalid read: beyond the end of the vector");
        row = rows.readRow();
      }
      int count = Math.min(row.remaining(), values.length - filled);
      row.get(values, filled, count);
      filled += count;
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
