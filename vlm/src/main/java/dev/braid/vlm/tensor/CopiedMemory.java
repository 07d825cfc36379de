package dev.braid.vlm.tensor;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Memory that Java reads and writes through copies, such as that of a GPU.
 *
 * <p>It also works on the CPU, where it is tested.
 */
final class CopiedMemory implements Memory {
  /*
   * What the engine calls a view of an array is a copy here: writes to it are lost without an error.
   * Values are therefore uploaded as an array of their own, which an operation of the device copies
   * into place. All of this uses a manager of its own, because the engine attaches its intermediate
   * copies to the manager of their operand, which may live for long.
   */
  private static final int PIECE = 1 << 20;

  @Override
  public void read(PtNDArray array, int from, float[] row, int offset, int count) {
    try (NDManager temporary = array.getManager().newSubManager()) {
      PtNDArray part = JniUtils.slice(flat(array, temporary), 0, from, (long) from + count, 1);
      ByteBuffer copy = part.toByteBuffer(true).order(ByteOrder.nativeOrder());
      copy.asFloatBuffer().get(row, offset, count);
    }
  }

  @Override
  public void write(PtNDArray array, int from, float[] row, int offset, int count) {
    for (int done = 0; done < count; done += PIECE) {
      int start = offset + done;
      int length = Math.min(PIECE, count - done);
      write(array, from + done, length, buffer -> buffer.asFloatBuffer().put(row, start, length));
    }
  }

  @Override
  public void write(PtNDArray array, long[] values) {
    write(array, 0, values.length, buffer -> buffer.asLongBuffer().put(values));
  }

  private static void write(PtNDArray array, int from, int count, Consumer<ByteBuffer> values) {
    int bytes = Math.multiplyExact(count, array.getDataType().getNumOfBytes());
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    values.accept(buffer);
    try (NDManager temporary = array.getManager().newSubManager()) {
      PtNDArray uploaded =
          (PtNDArray) temporary.create(buffer, new Shape(count), array.getDataType());
      long[] start = {from};
      long[] end = {(long) from + count};
      JniUtils.indexSet(flat(array, temporary), uploaded, start, end, new long[] {1});
    }
  }

  /** The same memory as a flat array. */
  private static PtNDArray flat(PtNDArray array, NDManager manager) {
    PtNDArray flat = JniUtils.flatten(array, 0, -1);
    flat.attach(manager);
    return flat;
  }
}
