package dev.braid.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What work took.
 *
 * @param seconds by the clock
 * @param cpuSeconds of all threads of this process, garbage collection included
 */
public record Cost(double seconds, double cpuSeconds) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** What the system counts CPU time in: less cannot be told from this. */
  private static final double TICK = 0.01;

  /** Does the work, and says what it took. */
  public static Cost of(Runnable work) {
    long start = System.nanoTime();
    long cpuStart = SYSTEM.getProcessCpuTime();
    work.run();
    double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpuStart) / 1e9;
    return new Cost((System.nanoTime() - start) / 1e9, Math.max(TICK, cpuSeconds));
  }

  Cost plus(Cost other) {
    return new Cost(seconds + other.seconds, cpuSeconds + other.cpuSeconds);
  }
}
