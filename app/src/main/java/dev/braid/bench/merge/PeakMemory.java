package dev.braid.bench.merge;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.atomic.AtomicLong;

/** The largest sample of heap and direct memory in use, including garbage. */
final class PeakMemory {
  private static final String DIRECT = "direct";
  private static final MemoryMXBean HEAP = ManagementFactory.getMemoryMXBean();

  private final AtomicLong peak = new AtomicLong();

  /** Collects garbage from before the measurement. */
  void collect() {
    HEAP.gc();
  }

  /** Samples the memory in use. */
  void sample() {
    peak.accumulateAndGet(HEAP.getHeapMemoryUsage().getUsed() + direct(), Math::max);
  }

  long bytes() {
    return peak.get();
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals(DIRECT))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
