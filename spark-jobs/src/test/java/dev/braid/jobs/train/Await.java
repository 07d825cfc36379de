package dev.braid.jobs.train;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/** Await for other threads. */
final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Await() {}

  /** Returns when the number is the expected one. */
  static void until(IntSupplier number, int expected) throws TimeoutException {
    long start = System.nanoTime();
    while (number.getAsInt() != expected) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new TimeoutException("%s, not %s".formatted(number.getAsInt(), expected));
      }
      Thread.onSpinWait();
    }
  }
}
