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
 * The device of a Spark task: the first GPU that Spark assigned to it, else the CPU.
 *
 * <p>Spark's GPU addresses are GPU numbers, as its discovery scripts print them.
 */
public final class AssignedDevice {
  private static final String GPU = "gpu";

  /* GPUs that gave the CPU's results in a check, which runs once before their first use. */
  private static final Map<String, Device> CHECKED = new ConcurrentHashMap<>();

  private AssignedDevice() {}

  /**
   * The device of this thread's task; the CPU if there is no task.
   *
   * @throws IllegalStateException if the assigned GPU cannot be used, or libtorch uses other
   *     numbers of threads than the driver requests; the message says what to do
   */
  public static Device ofTask() {
    PromisedThreads.check();
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
      throw new UncheckedIOException("Cannot read the device check's weights from memory", e);
    } catch (RuntimeException e) {
      throw new IllegalStateException(message(address, e), e);
    }
  }

  private static int ordinal(String address) {
    try {
      return Integer.parseInt(address);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("its address is not a number", e);
    }
  }

  /** The first line; the rest of an engine's message is advice to programmers. */
  private static String reason(RuntimeException cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("no reason given");
  }

  static String message(String address, RuntimeException cause) {
    return "Cannot use GPU %s that Spark assigned to a task: %s; repair the host or start Spark without spark.task.resource.gpu.amount (docs/gpu.md)"
        .formatted(address, reason(cause));
  }
}
