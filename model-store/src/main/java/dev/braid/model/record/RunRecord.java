package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a run of a line ended, for schedulers and people; no version depends on it.
 *
 * @param started by the driver's clock, like {@code ended}
 * @param reason why it did not end well; empty if it did
 * @param version the head's number when it ended; empty if the line had no version, or the store
 *     could not be asked
 * @param tasks what it did about each task that it decided, or failed at
 * @param seconds core time by stage, for example "train"; empty where no Spark job ran
 * @param provenance as of a receipt
 */
public record RunRecord(
    RunId id,
    LineId line,
    Instant started,
    Instant ended,
    Ending ending,
    Optional<String> reason,
    Optional<Integer> version,
    List<TaskOutcome> tasks,
    SortedMap<String, Double> seconds,
    SortedMap<String, String> provenance) {
  public RunRecord {
    tasks = List.copyOf(tasks);
    seconds = new TreeMap<>(seconds);
    provenance = new TreeMap<>(provenance);
  }

  /** How a run ended; a command's exit code follows from it. */
  public enum Ending {
    /** All waiting tasks are learned, or there were none. */
    DONE,
    /** Tasks were set aside. */
    REFUSED,
    /** A task, or the run, failed: it waits for the next run. */
    FAILED,
    /** Another process published first, each time. */
    CONFLICT,
    /** It was cancelled. */
    STOPPED;

    /** Its name in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The ending of this name. */
    public static Ending of(String label) {
      return Arrays.stream(values())
          .filter(ending -> ending.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("Invalid ending: " + label));
    }
  }

  /**
   * What a run did about a task.
   *
   * @param file digest of the inbox file
   * @param outcome learned, replaced, set-aside, quarantined, failed, stopped or postponed
   */
  public record TaskOutcome(TaskId task, Digest file, String outcome, List<String> reasons) {
    /** A task that failed, and waits. */
    public static final String FAILED = "failed";

    /** A task that the run did not finish because it was cancelled. */
    public static final String STOPPED = "stopped";

    /** A task that waits because the run's time was over. */
    public static final String POSTPONED = "postponed";

    public TaskOutcome {
      reasons = List.copyOf(reasons);
      Check.argument(outcome.matches("[a-z-]+"), "Invalid outcome: %s", outcome);
    }

    /** Whether it still waits. */
    public boolean isUndecided() {
      return List.of(FAILED, STOPPED, POSTPONED).contains(outcome);
    }
  }
}
