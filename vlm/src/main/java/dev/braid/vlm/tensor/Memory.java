package dev.braid.vlm.tensor;

import ai.djl.pytorch.engine.PtNDArray;

/**
 * How Java reaches the values of an array: places count its elements in row-major order.
 *
 * <p>Only for arrays that lie in one piece, so never for a permuted or broadcast one.
 */
interface Memory {
  /** Copies count values, from a place in the array on, to the row's places from offset on. */
  void read(PtNDArray array, int from, float[] row, int offset, int count);

  /** Sets count values, from a place in the array on, to the row's from offset on. */
  void write(PtNDArray array, int from, float[] row, int offset, int count);

  /** Sets all values of an array of row numbers. */
  void write(PtNDArray array, long[] values);
}
