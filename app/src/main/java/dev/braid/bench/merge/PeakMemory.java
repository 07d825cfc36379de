package dev.braid.bench.merge;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.atomic.AtomicLong;

/** The most heap and direct memory that was in use when somebody looked, garbage included. */
final class PeakMemory {
  private static final String DIRECT = "direct";
  private static final MemoryMXBean HEAP = ManagementFactory.getMemoryMXBean();

  private final AtomicLong peak = new AtomicLong();

  /** Has the garbage collected that is nobody's concern here. */
  void collect() {
    HEAP.gc();
  }

  /** Looks how much is in use. */
  void look() {
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
