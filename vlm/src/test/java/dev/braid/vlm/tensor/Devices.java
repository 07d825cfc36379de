package dev.braid.vlm.tensor;

import ai.djl.pytorch.engine.PtNDArray;
import java.util.HashSet;
import java.util.Set;

/** Devices for tests on any machine, which stand in for a GPU. */
public final class Devices {
  private Devices() {}

  /** The CPU as if it were a GPU: Java sees copies of its values alone. */
  public static Device copyingCpu() {
    return new Device(ai.djl.Device.cpu(), new CopiedMemory());
  }

  /** The CPU as a GPU would be if a state that is resumed were written to a copy. */
  public static Device forgetfulCpu() {
    return new Device(ai.djl.Device.cpu(), new Forgetful());
  }

  /** Silently loses writes to an array that was read before. */
  private static final class Forgetful implements Memory {
    private final Memory memory = new CopiedMemory();
    private final Set<String> read = new HashSet<>();

    @Override
    public void read(PtNDArray array, int from, float[] row, int offset, int count) {
      read.add(array.getUid());
      memory.read(array, from, row, offset, count);
    }

    @Override
    public void write(PtNDArray array, int from, float[] row, int offset, int count) {
      if (!read.contains(array.getUid())) {
        memory.write(array, from, row, offset, count);
      }
    }

    @Override
    public void write(PtNDArray array, long[] values) {
      memory.write(array, values);
    }
  }
}
