package dev.braid.jobs.train;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory that the trainings of one executor may use together, in bytes.
 *
 * @param heap a share of the executor's heap
 * @param outside what libtorch may use
 */
record ExecutorMemory(long heap, long outside) {
  /** The most of the heap that trainings may fill; Spark and the Parquet reader need the rest. */
  private static final double HEAP_SHARE = 0.75;

  /** The memory of this JVM's executor: its heap, and what its host or container has besides. */
  static ExecutorMemory ofThisJvm(TrainingLimits limits) {
    // In a container, the container's limit.
    long physical =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return of(Runtime.getRuntime().maxMemory(), physical, limits);
  }

  /** The memory of an executor with this heap, on a host or in a container of this size. */
  static ExecutorMemory of(long maxHeap, long physical, TrainingLimits limits) {
    return new ExecutorMemory(
        (long) (HEAP_SHARE * maxHeap),
        limits.outsideHeap() > 0 ? limits.outsideHeap() : Math.max(0, physical - maxHeap));
  }

  /** Whether trainings that need this much together fit. */
  boolean holds(TrainingMemory need) {
    return need.heap() <= heap && need.outside() <= outside;
  }

  /** How many trainings of this size fit at once, at most as many as asked for. */
  int slots(TrainingMemory each, int most) {
    return (int) Math.min(most, Math.min(heap / each.heap(), outside / each.outside()));
  }
}
