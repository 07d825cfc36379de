package dev.braid.vlm.tensor;

import ai.djl.pytorch.engine.PtNDArray;

/**
 * Access of Java to the values of an array, indexed in row-major order.
 *
 * <p>Only for contiguous arrays, so never for a permuted or broadcast one.
 */
interface Memory {
  /** Copies count values, starting at an index of the array, to the row, starting at offset. */
  void read(PtNDArray array, int from, float[] row, int offset, int count);

  /** Copies count values of the row, starting at offset, to the array, starting at an index. */
  void write(PtNDArray array, int from, float[] row, int offset, int count);

  /** Sets all values of an array of row indices. */
  void write(PtNDArray array, long[] values);
}
