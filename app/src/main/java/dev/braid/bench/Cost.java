package dev.braid.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The time that work took.
 *
 * @param seconds wall time
 * @param cpuSeconds CPU time of all threads of this process, including garbage collection
 */
public record Cost(double seconds, double cpuSeconds) {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** The resolution of the system's CPU time; it also stands for less. */
  private static final double TICK = 0.01;

  /** Runs the work and returns its cost. */
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
