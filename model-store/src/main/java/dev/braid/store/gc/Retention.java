package dev.braid.store.gc;

import dev.braid.model.Check;
import java.time.Duration;

/**
 * What is kept.
 *
 * @param versions how many of the newest of every line; 0 keeps all
 * @param minAge how old something of no use must be before it is condemned, and how long it then
 *     waits before it is deleted; longer than any run
 * @param cacheAge how long receipts are kept that no kept version rests on, with what they name
 */
public record Retention(int versions, Duration minAge, Duration cacheAge) {
  public Retention {
    Check.argument(versions >= 0, "Invalid number of versions to keep: %s (0 keeps all)", versions);
    Check.argument(!minAge.isNegative(), "Invalid min-age: %s (not negative)", minAge);
    Check.argument(!cacheAge.isNegative(), "Invalid cache-age: %s (not negative)", cacheAge);
  }
}
