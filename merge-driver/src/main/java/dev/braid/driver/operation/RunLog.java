package dev.braid.driver.operation;

import dev.braid.driver.Decision;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.Prepared.Failed;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.LineId;
import dev.braid.model.record.RunId;
import dev.braid.model.record.RunRecord;
import dev.braid.model.record.RunRecord.Ending;
import dev.braid.model.record.RunRecord.TaskOutcome;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.store.ModelStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/** Records in the store how a run ended. A run that is killed leaves no record. */
public final class RunLog {
  private static final String APPLICATION = "spark-application";

  private final ModelStore store;
  private final LineId line;
  private final InstantSource clock;
  private final Instant started;
  private final RunId id;
  private final Provenance provenance = Provenance.startWithoutSpark();

  /** A run that starts now. */
  public RunLog(ModelStore store, LineId line, InstantSource clock) {
    this.store = store;
    this.line = line;
    this.clock = clock;
    this.started = clock.instant();
    this.id = RunId.starting(started);
  }

  /** The run's name. */
  public RunId id() {
    return id;
  }

  /** When it started, by the driver's clock. */
  public Instant started() {
    return started;
  }

  /** The run works in this application of Spark. */
  public void inApplication(String application, String master) {
    var unused = provenance.with(APPLICATION, application).with("spark-master", master);
  }

  /**
   * Records what a run did. If the store cannot be written, the progress says so and the run ends
   * as it would have.
   */
  public void end(Outcome outcome, SortedMap<String, Double> seconds, ProgressListener progress) {
    record(ending(outcome), reason(outcome), tasks(outcome), seconds, progress);
  }

  /** Records that a run failed as a whole. */
  public void fail(
      RuntimeException failure, SortedMap<String, Double> seconds, ProgressListener progress) {
    record(ending(failure), Optional.of(words(failure)), List.of(), seconds, progress);
  }

  private static Ending ending(RuntimeException failure) {
    if (failure instanceof LineBusyException) {
      return Ending.CONFLICT;
    }
    return failure instanceof CancellationException ? Ending.STOPPED : Ending.FAILED;
  }

  private void record(
      Ending ending,
      Optional<String> reason,
      List<TaskOutcome> tasks,
      SortedMap<String, Double> seconds,
      ProgressListener progress) {
    boolean wasInterrupted = Thread.interrupted(); // or writing would fail
    try {
      Optional<Integer> head = store.versions(line).head().map(Version::number);
      Instant ended = clock.instant();
      store
          .runs()
          .record(
              new RunRecord(
                  id,
                  line,
                  started,
                  ended,
                  ending,
                  reason,
                  head,
                  tasks,
                  new TreeMap<>(seconds),
                  provenance.finish()));
    } catch (RuntimeException e) { // the run's own outcome counts
      progress.say("the outcome of this run is not recorded: %s".formatted(words(e)));
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** How a run ended. */
  public static Ending ending(Outcome outcome) {
    if (outcome.conflict().isPresent()) {
      return Ending.CONFLICT;
    }
    if (outcome.failed().stream().anyMatch(failed -> !isStopped(failed))) {
      return Ending.FAILED;
    }
    if (!outcome.failed().isEmpty()) {
      return Ending.STOPPED;
    }
    return outcome.decisions().stream().allMatch(Decision::published)
        ? Ending.DONE
        : Ending.REFUSED;
  }

  private static Optional<String> reason(Outcome outcome) {
    Optional<String> conflict = outcome.conflict().map(each -> words(each.cause()));
    return conflict.or(
        () -> outcome.failed().stream().map(failed -> words(failed.cause())).findFirst());
  }

  private static List<TaskOutcome> tasks(Outcome outcome) {
    List<TaskOutcome> tasks = new ArrayList<>();
    for (Decision decision : outcome.decisions()) {
      tasks.add(
          new TaskOutcome(
              decision.task(), decision.file(), decision.fate().label(), decision.reasons()));
    }
    for (InboxEntry postponed : outcome.postponed()) {
      tasks.add(
          new TaskOutcome(postponed.task(), postponed.file(), TaskOutcome.POSTPONED, List.of()));
    }
    for (Failed failed : outcome.failed()) {
      tasks.add(
          new TaskOutcome(
              failed.file().task(),
              failed.file().file(),
              isStopped(failed) ? TaskOutcome.STOPPED : TaskOutcome.FAILED,
              List.of(words(failed.cause()))));
    }
    return tasks;
  }

  private static boolean isStopped(Failed failed) {
    return failed.cause() instanceof CancellationException;
  }

  /** The first line of a message, without what no terminal should print. */
  private static String words(Exception e) {
    String message = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    return message.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
  }
}
