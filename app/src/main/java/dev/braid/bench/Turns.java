package dev.braid.bench;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Lets two processes take turns.
 *
 * <p>A turn is measured in CPU time, and turns alternate, so that other load on the machine affects
 * both sides.
 */
final class Turns {
  private static final int PAIRS = 7;
  private static final double SECONDS_PER_TURN = 2;

  private Turns() {}

  /** The figures of the first side relative to the second's. */
  static Paired of(String title, Side first, Side second, Consumer<String> progress)
      throws IOException {
    int times = (int) Math.ceil(SECONDS_PER_TURN / Math.max(first.seconds(1), 1e-3));
    double[] throughputs = new double[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      throughputs[pair] = throughput(first, second, times, pair % 2 == 0);
      progress.accept(
          "%s: pair %d of %d, throughput ratio %.2f"
              .formatted(title, pair + 1, PAIRS, throughputs[pair]));
    }
    return new Paired(
        Ratio.of(throughputs), (double) first.peakBytes() / (double) second.peakBytes());
  }

  private static double throughput(Side first, Side second, int times, boolean firstBegins)
      throws IOException {
    if (firstBegins) {
      double seconds = first.seconds(times);
      return second.seconds(times) / seconds;
    }
    double seconds = second.seconds(times);
    return seconds / first.seconds(times);
  }

  /** Throughput and peak memory of one side relative to the other's. */
  record Paired(Ratio throughput, double peakMemory) {}
}
