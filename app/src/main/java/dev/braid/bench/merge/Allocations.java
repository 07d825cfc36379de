package dev.braid.bench.merge;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Counts what threads allocate while they work: no less than the most they ever held. */
final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong largest = new AtomicLong();

  void reset() {
    bytes.set(0);
  }

  /** Does a work of the current thread. */
  <T> T count(Supplier<T> work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T result = work.get();
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    bytes.addAndGet(allocated);
    largest.accumulateAndGet(allocated, Math::max);
    return result;
  }

  /** Of one work. */
  long largest() {
    return largest.get();
  }

  /** Of all works since the last reset. */
  long bytes() {
    return bytes.get();
  }
}
