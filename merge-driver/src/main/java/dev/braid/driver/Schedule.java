package dev.braid.driver;

import dev.braid.model.Check;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * When a run works on its tasks.
 *
 * @param trainings how many tasks train at once; 0 for as many as Spark has cores, or without limit
 *     where Spark asks for executors as it needs them
 * @param attempts how often a task is prepared before it counts as failed; at least 1
 * @param backoff how long a task waits before its second attempt; then twice as long each time
 * @param until when no further task is begun, and trainings stop at the end of their round; empty
 *     for never
 */
public record Schedule(
    int trainings,
    int attempts,
    Duration backoff,
    Optional<Instant> until,
    Quarantine quarantine,
    InstantSource clock) {
  /** Two attempts at once, and no limits. */
  public static final Schedule PLAIN =
      new Schedule(0, 2, Duration.ZERO, Optional.empty(), Quarantine.NEVER, InstantSource.system());

  private static final Duration LONGEST = Duration.ofMinutes(10);

  public Schedule {
    Check.argument(trainings >= 0, "Invalid trainings: %s (0 or more; 0 for all slots)", trainings);
    Check.argument(attempts >= 1, "Invalid attempts: %s (1 or more)", attempts);
    Check.argument(!backoff.isNegative(), "Invalid backoff: %s (not negative)", backoff);
  }

  /** Whether nothing may be begun any more. */
  boolean isOver() {
    return until.filter(end -> !clock.instant().isBefore(end)).isPresent();
  }

  /** How long a task waits that has failed so often. */
  Duration backoff(int failures) {
    Duration wait = backoff.multipliedBy(1L << Math.min(failures - 1, 20));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  /** How many tasks train at once now; Spark's cores may come and go. */
  int trainings(JavaSparkContext spark) {
    if (trainings > 0) {
      return trainings;
    }
    boolean grows = spark.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
    return grows ? Integer.MAX_VALUE : Math.max(1, spark.defaultParallelism());
  }
}
