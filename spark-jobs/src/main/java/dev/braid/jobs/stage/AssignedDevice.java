package dev.braid.jobs.stage;

import dev.braid.vlm.device.DeviceCheck;
import dev.braid.vlm.tensor.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * Where a task computes: on the first GPU that Spark assigned to it, else on the CPU.
 *
 * <p>Spark's addresses are the numbers of GPUs, as its discovery scripts write them.
 */
public final class AssignedDevice {
  private static final String GPU = "gpu";

  /* The GPUs that were found to compute what the CPU does: tried once, before their first use. */
  private static final Map<String, Device> CHECKED = new ConcurrentHashMap<>();

  private AssignedDevice() {}

  /**
   * The device of the task on this thread; the CPU where there is no task.
   *
   * @throws IllegalStateException if a GPU is assigned that cannot be used, with what to do
   */
  public static Device ofTask() {
    return Optional.ofNullable(TaskContext.get())
        .map(task -> task.resourcesJMap().get(GPU))
        .map(ResourceInformation::addresses)
        .filter(addresses -> addresses.length > 0)
        .map(addresses -> CHECKED.computeIfAbsent(addresses[0], AssignedDevice::checked))
        .orElse(Device.CPU);
  }

  private static Device checked(String address) {
    try {
      Device device = Device.gpu(ordinal(address));
      DeviceCheck.require(device);
      return device;
    } catch (IOException e) {
      throw new UncheckedIOException("made-up weights are read from memory", e);
    } catch (RuntimeException e) {
      throw new IllegalStateException(sentence(address, e), e);
    }
  }

  private static int ordinal(String address) {
    try {
      return Integer.parseInt(address);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("its address is not a number", e);
    }
  }

  /** The first line: the engine's messages go on with advice to programmers. */
  private static String reason(RuntimeException cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }

  static String sentence(String address, RuntimeException cause) {
    return "Cannot use GPU %s that Spark assigned to a task: %s; mend the host or start Spark without spark.task.resource.gpu.amount (docs/gpu.md)"
        .formatted(address, reason(cause));
  }
}
