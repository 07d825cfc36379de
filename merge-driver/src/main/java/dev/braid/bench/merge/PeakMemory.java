package dev.braid.bench.merge;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The most heap and direct memory that was used, garbage included. */
final class PeakMemory {
  private static final String DIRECT = "direct";

  private final AtomicLong direct = new AtomicLong();

  /** Forgets what was used until now. */
  void reset() {
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    direct.set(0);
  }

  /** Looks at the direct memory; the heap's peak is kept by Java itself. */
  void look() {
    direct.accumulateAndGet(directNow(), Math::max);
  }

  long bytes() {
    look();
    return direct.get() + heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static Stream<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static long directNow() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals(DIRECT))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
