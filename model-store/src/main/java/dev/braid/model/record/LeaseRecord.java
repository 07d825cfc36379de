package dev.braid.model.record;

import dev.braid.model.LineId;
import java.time.Duration;
import java.time.Instant;

/**
 * Who works on a line.
 *
 * @param run the run that holds it
 * @param host of the driver
 * @param process number of the driver's process on its host
 * @param since when the run started, by the driver's clock, for people
 * @param renewals how often it was renewed
 * @param expiry how long after its last renewal it counts as abandoned
 */
public record LeaseRecord(
    LineId line,
    RunId run,
    String user,
    String host,
    long process,
    Instant since,
    long renewals,
    Duration expiry) {
  /** The same lease, renewed once more. */
  public LeaseRecord renewed() {
    return new LeaseRecord(line, run, user, host, process, since, renewals + 1, expiry);
  }

  /** The holder for people. */
  public String holder() {
    return "run %s of %s on %s, process %s".formatted(run, user, host, process);
  }
}
