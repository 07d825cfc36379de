package dev.braid.store.vector;

import java.nio.FloatBuffer;

/** The rows of a float32 vector in order, stored or computed. */
public interface FloatRows extends AutoCloseable {
  /** True if there is another row. */
  boolean hasRow();

  /** The next row's values; the caller owns the array. */
  FloatBuffer readRow();

  @Override
  void close();

  /** The rows of a stored vector. */
  static FloatRows stored(RowReader rows) {
    return new FloatRows() {
      @Override
      public boolean hasRow() {
        return rows.hasRow();
      }

      @Override
      public FloatBuffer readRow() {
        return rows.readRow().asFloatBuffer();
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }
}
