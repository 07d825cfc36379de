package dev.braid.jobs;

import dev.braid.vlm.tensor.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * What Spark was told to give to tasks and Braid cannot use.
 *
 * <p>Tensors are computed on CPUs alone so far. A task that holds a GPU would keep it from others
 * and leave it idle, so it is refused before it loads a model.
 */
final class AssignedGpu {
  private static final String GPU = "gpu";

  private AssignedGpu() {}

  /**
   * Refuses to compute if Spark assigned a GPU to the task on this thread.
   *
   * @throws IllegalStateException with what to do
   */
  static void refuse() {
    TaskContext task = TaskContext.get();
    if (task == null) { // not on an executor
      return;
    }
    Map<String, ResourceInformation> resources = task.resourcesJMap();
    List<String> addresses =
        Optional.ofNullable(resources.get(GPU))
            .map(gpu -> Arrays.asList(gpu.addresses()))
            .orElse(List.of());
    if (!addresses.isEmpty()) {
      throw new IllegalStateException(sentence(addresses, Platform.hasCuda()));
    }
  }

  static String sentence(List<String> addresses, boolean hasCuda) {
    return "Cannot use GPU %s that Spark assigned to a task: %s; start Spark without spark.task.resource.gpu.amount (docs/gpu.md)"
        .formatted(
            String.join(", ", addresses),
            hasCuda
                ? "Braid computes on CPUs alone so far"
                : "the executor's libtorch has no CUDA");
  }
}
