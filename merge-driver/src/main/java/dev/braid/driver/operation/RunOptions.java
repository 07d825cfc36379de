package dev.braid.driver.operation;

import dev.braid.model.TaskId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a run is to do.
 *
 * @param force tasks, set aside before, that are published whatever the gate says
 * @param until when no further task is begun, and trainings stop at the end of their round; empty
 *     for never
 * @param overlap what it does where another run works on the line
 */
public record RunOptions(List<TaskId> force, Optional<Instant> until, Overlap overlap) {
  /** Forces nothing, has no end, and works beside other runs. */
  public static final RunOptions PLAIN =
      new RunOptions(List.of(), Optional.empty(), Overlap.ALLOWED);

  /** What a run does where another one works on the line. */
  public enum Overlap {
    /** It works too: commits are exclusive, and only work is wasted. */
    ALLOWED,
    /** It ends with a {@link LineBusyException}. */
    REFUSED,
    /** It waits for the other one's end. */
    AWAITED
  }

  public RunOptions {
    force = List.copyOf(force);
  }

  /** A run that also forces these tasks. */
  public RunOptions forcing(Collection<TaskId> tasks) {
    return new RunOptions(List.copyOf(tasks), until, overlap);
  }
}
