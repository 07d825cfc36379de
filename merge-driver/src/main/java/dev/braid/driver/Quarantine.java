package dev.braid.driver;

import dev.braid.driver.Prepared.Failed;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.record.RunRecord;
import dev.braid.model.record.RunRecord.TaskOutcome;
import dev.braid.model.record.Version.SetAside;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which tasks have failed in so many nights that they are set aside.
 *
 * @param nights after how many failed nights; 0 for never
 * @param night failures less than this apart count once: a scheduler may repeat a run
 * @param clock of the driver, which also dated the runs
 * @param runs the line's earlier runs, the newest first
 */
public record Quarantine(
    int nights, Duration night, InstantSource clock, Supplier<Stream<RunRecord>> runs) {
  /** No task is ever set aside because it failed. */
  public static final Quarantine NEVER =
      new Quarantine(0, Duration.ZERO, InstantSource.system(), Stream::empty);

  private static final String REASON = "quarantined after %s failed nights: %s";
  private static final String REASON_START = "quarantined after ";

  public Quarantine {
    Check.argument(
        nights >= 0, "Invalid quarantine-after: %s nights (0 or more; 0 for never)", nights);
    Check.argument(!night.isNegative(), "Invalid night: %s (not negative)", night);
  }

  /** Those of a version's files that are in quarantine. */
  public static List<SetAside> among(List<SetAside> setAside) {
    return setAside.stream().filter(aside -> isQuarantine(aside.reason())).toList();
  }

  /** Whether a file was set aside for this reason because it failed too often. */
  public static boolean isQuarantine(String reason) {
    return reason.startsWith(REASON_START);
  }

  /**
   * The reason to set a task aside that has failed again now; empty if it may try again. A run that
   * was cancelled says nothing about a task.
   */
  Optional<String> reason(Failed failed) {
    if (nights == 0 || failed.cause() instanceof CancellationException) {
      return Optional.empty();
    }
    int failures = failedNights(failed.file().file());
    return failures < nights
        ? Optional.empty()
        : Optional.of(
            REASON
                .formatted(failures, String.valueOf(failed.cause().getMessage()))
                .lines()
                .findFirst()
                .orElseThrow());
  }

  /** The nights in which it failed since it was decided last, this one included. */
  private int failedNights(Digest file) {
    List<Instant> failures = new ArrayList<>(List.of(clock.instant()));
    try (Stream<RunRecord> newestFirst = runs.get()) {
      newestFirst
          .map(run -> new Failure(run.ended(), outcome(run, file)))
          .filter(failure -> failure.outcome().isPresent())
          .takeWhile(failure -> failure.outcome().get().isUndecided())
          .filter(failure -> failure.outcome().get().outcome().equals(TaskOutcome.FAILED))
          .forEach(failure -> add(failures, failure.ended()));
    }
    return failures.size();
  }

  /* A clock that was set back makes a distance negative, which counts like a positive one. */
  private void add(List<Instant> failures, Instant failure) {
    Instant later = failures.get(failures.size() - 1);
    if (Duration.between(failure, later).abs().compareTo(night) >= 0) {
      failures.add(failure);
    }
  }

  private record Failure(Instant ended, Optional<TaskOutcome> outcome) {}

  private static Optional<TaskOutcome> outcome(RunRecord run, Digest file) {
    return run.tasks().stream().filter(task -> task.file().equals(file)).findFirst();
  }
}
