package dev.braid.bench.merge;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Counts the bytes that threads allocate, an upper bound of what they hold at a time. */
final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong largest = new AtomicLong();

  void reset() {
    bytes.set(0);
  }

  /** Runs work in the current thread and counts its allocations. */
  <T> T count(Supplier<T> work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T result = work.get();
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    bytes.addAndGet(allocated);
    largest.accumulateAndGet(allocated, Math::max);
    return result;
  }

  /** The bytes of the largest single call. */
  long largest() {
    return largest.get();
  }

  /** The bytes of all calls since the last reset. */
  long bytes() {
    return bytes.get();
  }
}
