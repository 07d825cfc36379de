package dev.braid.vlm.checkpoint;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.function.Executable;

/** The heap that some code takes on its way, whether it keeps it or not. */
public final class Allocation {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Runs the code on this thread and counts the bytes that it allocated. */
  public static long of(Executable code) throws Throwable {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    code.execute();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
