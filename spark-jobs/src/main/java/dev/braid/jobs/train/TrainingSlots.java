package dev.braid.jobs.train;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The memory of one executor, which its trainings share: a training starts when it fits beside
 * those that run, and is refused if it would not fit alone.
 *
 * <p>Trainings start in the order in which they asked, so that small ones do not keep a large one
 * waiting for ever. A training that waits therefore delays all behind it, also those that would
 * fit.
 */
final class TrainingSlots {
  /** The memory of this JVM. */
  static final TrainingSlots OF_THIS_JVM = new TrainingSlots();

  // All three are guarded by this.
  private TrainingMemory used = TrainingMemory.ZERO;
  private final SortedSet<Long> waiting = new TreeSet<>(); // tickets, the next one first
  private long tickets;

  /** What one running training holds; closing it lets others start. */
  interface Slot extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits until a training fits beside those that run, and those that asked before it have started.
   *
   * @throws TrainingMemoryException at once, if it does not fit the executor alone
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Slot reserve(TrainingMemory need, ExecutorMemory executor) throws InterruptedException {
    check(need, executor);
    synchronized (this) {
      long ticket = tickets++;
      waiting.add(ticket);
      try {
        while (waiting.first() != ticket || !executor.holds(used.plus(need))) {
          wait();
        }
        used = used.plus(need);
      } finally {
        waiting.remove(ticket);
        notifyAll(); // the next one may fit too
      }
    }
    return () -> release(need);
  }

  /** How many trainings wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  private synchronized void release(TrainingMemory need) {
    used = used.minus(need);
    notifyAll();
  }

  private static void check(TrainingMemory need, ExecutorMemory executor) {
    if (need.heap() > executor.heap()) {
      throw new TrainingMemoryException(
          "Cannot train: a training needs about %s MiB of an executor's heap, and trainings may use %s MiB of it; raise spark.executor.memory (BRAID_HEAP for the embedded Spark), or lower executor.pictures-in-memory"
              .formatted(mib(need.heap()), mib(executor.heap())));
    }
    if (need.outside() > executor.outside()) {
      throw new TrainingMemoryException(
          "Cannot train: a training needs about %s MiB outside an executor's heap, and there are %s MiB; lower train.micro-batch, raise spark.executor.memoryOverhead, or set executor.training-memory if the executor has more"
              .formatted(mib(need.outside()), mib(executor.outside())));
    }
  }

  private static long mib(long bytes) {
    return bytes / TrainingMemory.MIB;
  }
}
