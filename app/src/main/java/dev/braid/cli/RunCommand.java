package dev.braid.cli;

import dev.braid.Braid;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.Failures;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.Decision;
import dev.braid.driver.Pipeline.Conflict;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.Prepared.Failed;
import dev.braid.driver.line.Line;
import dev.braid.driver.operation.RunLog;
import dev.braid.driver.operation.RunOptions;
import dev.braid.driver.operation.RunOptions.Overlap;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.settings.Settings;
import dev.braid.store.json.JsonObject;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a line up to date with the inbox. */
@Command(
    name = "run",
    header = "Learn what is in the inbox.",
    sortOptions = false,
    description = {
      "Brings a line up to date: ingests the pictures of the tasks in the inbox, trains an expert"
          + " for each task, merges them one by one, evaluates every learned task on its validation"
          + " pictures, and publishes a version or sets the task aside.",
      "",
      "It may be killed and run again at any time: it resumes where it stopped and ends with the"
          + " same model digest. A task that was set aside is not tried again unless it is forced.",
      "",
      "Next: 'braid evaluate' evaluates all versions on the test pictures.",
      ""
    })
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--force",
      paramLabel = "TASK",
      description = "Publish this task, which was set aside, regardless of the gate.")
  List<String> forced = List.of();

  @Option(
      names = "--ok-refused",
      description =
          "Exit with 0, not 5, if all that is wrong is that tasks were refused: for schedulers that"
              + " repeat what does not exit with 0.")
  boolean okRefused;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "Begin no further task from this time on: HH:MM, the next time that this host's clock"
              + " shows it, or YYYY-MM-DDTHH:MM. Trainings stop at the end of their round, which is"
              + " kept; what is trained by then is decided.")
  @Nullable String until;

  @Option(
      names = "--wait",
      description = "If another run works on the line, wait for its end; otherwise exit with 4.")
  boolean waits;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Console console = options.console();
    try (Braid braid = Braid.open(settings)) {
      Outcome outcome = braid.run(runOptions(), options.progress());
      print(console, braid.line(), outcome);
      console.result(json(braid.line(), outcome));
      ExitCode code = exitCode(outcome);
      return (okRefused && code == ExitCode.DONE_WITH_REFUSALS ? ExitCode.DONE : code).code();
    }
  }

  private RunOptions runOptions() {
    return new RunOptions(
        forced.stream().map(TaskId::new).toList(),
        Optional.ofNullable(until)
            .map(time -> Until.of(time, Clock.system(ZoneId.systemDefault()))),
        waits ? Overlap.AWAITED : Overlap.REFUSED);
  }

  /**
   * CONFLICT if a decision conflicted each time, otherwise FAILED if a task failed, otherwise
   * DONE_WITH_REFUSALS if one was set aside.
   */
  static ExitCode exitCode(Outcome outcome) {
    return ExitCode.of(RunLog.ending(outcome));
  }

  private static void print(Console console, Line line, Outcome outcome) {
    if (outcome.equals(Outcome.NOTHING)) {
      console.line("Nothing to do: no task waits for line %s.", line.id());
    }
    for (Decision decision : outcome.decisions()) {
      console.line("%s", decision.sentence());
    }
    for (InboxEntry postponed : outcome.postponed()) {
      console.line("%s waits for the next run: the time is over.", postponed.task());
    }
    for (Failed failed : outcome.failed()) {
      console.error(
          "Could not learn %s this time: %s (it waits for the next run)",
          failed.file().task(), Failures.sentence(failed.cause()));
    }
    outcome
        .conflict()
        .ifPresent(
            conflict ->
                console.error(
                    "Could not decide about %s, though tried repeatedly: %s",
                    conflict.file().task(), Failures.sentence(conflict.cause())));
    line.head()
        .version()
        .ifPresent(
            head ->
                console.line(
                    "Line %s is at version %d, model %s.", line.id(), head.number(), head.model()));
  }

  private static JsonObject json(Line line, Outcome outcome) {
    return new JsonObject()
        .with("line", line.id())
        .with("version", line.head().version().map(Version::number))
        .with("model", line.head().version().map(Version::model))
        .with("decisions", outcome.decisions(), RunCommand::json)
        .with("failed", outcome.failed(), RunCommand::json)
        .with("postponed", outcome.postponed(), InboxEntry::task)
        .with("conflict", outcome.conflict().map(RunCommand::json));
  }

  private static JsonObject json(Conflict conflict) {
    return new JsonObject()
        .with("task", conflict.file().task())
        .with("reason", Failures.sentence(conflict.cause()));
  }

  private static JsonObject json(Failed failed) {
    return new JsonObject()
        .with("task", failed.file().task())
        .with("reason", Failures.sentence(failed.cause()));
  }

  private static JsonObject json(Decision decision) {
    return new JsonObject()
        .with("task", decision.task())
        .with("version", decision.version().number())
        .with("outcome", decision.fate().label())
        .with("reasons", decision.reasons());
  }
}
