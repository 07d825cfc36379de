package dev.braid.jobs.train;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory of one executor, which its trainings share: a training starts when it fits beside
 * those that run, and is refused if it would not fit alone.
 */
final class TrainingSlots {
  /** The memory of this JVM. */
  static final TrainingSlots OF_THIS_JVM = new TrainingSlots();

  private TrainingMemory used = new TrainingMemory(0, 0); // guarded by this

  /** What one running training holds; closing it lets others start. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /** What this executor has: its heap, and what its host or container has besides. */
  static TrainingMemory capacity(TrainingLimits limits) {
    // In a container, the container's limit.
    long physical =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return TrainingMemory.ofExecutor(Runtime.getRuntime().maxMemory(), physical, limits);
  }

  /**
   * Waits until a training fits beside those that run.
   *
   * @throws TrainingMemoryException at once, if it does not fit the executor alone
   * @throws InterruptedException if Spark cancels the task while it waits
   */
  Slot reserve(TrainingMemory need, TrainingMemory capacity) throws InterruptedException {
    check(need, capacity);
    synchronized (this) {
      while (!used.plus(need).fits(capacity)) {
        wait();
      }
      used = used.plus(need);
    }
    return () -> release(need);
  }

  private synchronized void release(TrainingMemory need) {
    used = used.minus(need);
    notifyAll();
  }

  private static void check(TrainingMemory need, TrainingMemory capacity) {
    if (need.heap() > capacity.heap()) {
      throw new TrainingMemoryException(
          "Cannot train: a training needs about %s MiB of an executor's heap, and trainings may use %s MiB of it; raise spark.executor.memory (BRAID_HEAP for the embedded Spark), or lower executor.pictures-in-memory"
              .formatted(mib(need.heap()), mib(capacity.heap())));
    }
    if (need.outside() > capacity.outside()) {
      throw new TrainingMemoryException(
          "Cannot train: a training needs about %s MiB outside an executor's heap, and there are %s MiB; lower train.micro-batch, raise spark.executor.memoryOverhead, or set executor.training-memory if the executor has more"
              .formatted(mib(need.outside()), mib(capacity.outside())));
    }
  }

  private static long mib(long bytes) {
    return bytes / TrainingMemory.MIB;
  }
}
