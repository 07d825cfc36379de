package dev.braid.store.gc;

import dev.braid.model.Check;
import java.time.Duration;

/**
 * What a collection keeps.
 *
 * @param versions how many of the newest versions of every line; 0 keeps all
 * @param minAge how old an unreachable file must be before it is marked, and how long it then waits
 *     before it is deleted; longer than any run
 * @param cacheAge how long receipts that no kept version needs are kept, with what they name
 * @param runs of how many of the newest runs of every line the records are kept; 0 keeps all
 */
public record Retention(int versions, Duration minAge, Duration cacheAge, int runs) {
  /** Keeps the records of all runs. */
  public Retention(int versions, Duration minAge, Duration cacheAge) {
    this(versions, minAge, cacheAge, 0);
  }

  public Retention {
    Check.argument(runs >= 0, "Invalid number of runs to keep: %s (0 keeps all)", runs);
    Check.argument(versions >= 0, "Invalid number of versions to keep: %s (0 keeps all)", versions);
    Check.argument(!minAge.isNegative(), "Invalid min-age: %s (not negative)", minAge);
    Check.argument(!cacheAge.isNegative(), "Invalid cache-age: %s (not negative)", cacheAge);
  }
}
