package dev.braid.serving.batch;

import dev.braid.model.Check;
import java.time.Duration;

/**
 * How pictures are answered together.
 *
 * @param workers the number of threads that answer
 * @param pictures the largest number of pictures that a worker answers at once
 * @param longestWait how long a picture waits for others
 */
public record Batching(int workers, int pictures, Duration longestWait) {
  public Batching {
    Check.argument(workers > 0, "Invalid workers: %s (at least 1)", workers);
    Check.argument(pictures > 0, "Invalid batch: %s pictures (at least 1)", pictures);
    Check.argument(
        !longestWait.isNegative() && longestWait.toSeconds() < 1,
        "Invalid batch-wait: %s ms (0 to below 1 s)",
        longestWait.toMillis());
  }
}
