package dev.braid.vlm.tensor;

import ai.djl.ndarray.NDManager;
import dev.braid.model.Check;

/** The processor that stores tensors and computes on them: the CPU, or a GPU. */
public final class Device {
  /** The CPU. */
  public static final Device CPU = new Device(ai.djl.Device.cpu(), new LiveMemory());

  private final ai.djl.Device place;
  private final Memory memory;

  Device(ai.djl.Device place, Memory memory) {
    this.place = place;
    this.memory = memory;
  }

  /**
   * A GPU.
   *
   * @param ordinal its index among the GPUs that CUDA shows to this process
   * @throws IllegalStateException if libtorch cannot compute on GPUs
   */
  public static Device gpu(int ordinal) {
    Check.argument(ordinal >= 0, "Invalid GPU: %s (0 or more)", ordinal);
    if (!LibTorch.hasCuda()) {
      throw new IllegalStateException("libtorch has no CUDA, or finds no GPU");
    }
    return new Device(ai.djl.Device.gpu(ordinal), new CopiedMemory());
  }

  /** Whether Java can access the tensors without a copy, by {@link Tensor#values}. */
  public boolean showsValues() {
    return memory instanceof LiveMemory;
  }

  /** The kind: cpu or gpu. */
  public String kind() {
    return place.getDeviceType();
  }

  NDManager newManager() {
    return LibTorch.newManager(place);
  }

  Memory memory() {
    return memory;
  }

  LiveMemory liveMemory() {
    if (memory instanceof LiveMemory live) {
      return live;
    }
    throw new IllegalStateException(
        "Cannot access the values of a tensor on %s without a copy".formatted(this));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Device device
        && device.place.equals(place)
        && device.showsValues() == showsValues();
  }

  @Override
  public int hashCode() {
    return place.hashCode();
  }

  /** For messages: cpu, or gpu and its number. */
  @Override
  public String toString() {
    return place.isGpu() ? kind() + " " + place.getDeviceId() : kind();
  }
}
