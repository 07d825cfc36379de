package dev.braid.vlm.tensor;

import ai.djl.pytorch.engine.PtNDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** The CPU's memory, which Java accesses without a copy. */
final class LiveMemory implements Memory {
  @Override
  public void read(PtNDArray array, int from, float[] row, int offset, int count) {
    view(array).get(from, row, offset, count);
  }

  @Override
  public void write(PtNDArray array, int from, float[] row, int offset, int count) {
    view(array).put(from, row, offset, count);
  }

  @Override
  public void write(PtNDArray array, long[] values) {
    bytes(array).asLongBuffer().put(values);
  }

  /** The values; writes change the array. */
  FloatBuffer view(PtNDArray array) {
    return bytes(array).asFloatBuffer();
  }

  private static ByteBuffer bytes(PtNDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder());
  }
}
