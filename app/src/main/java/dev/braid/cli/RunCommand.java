package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.Failures;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.cli.terminal.Sessions;
import dev.braid.driver.Decision;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.driver.Pipelines;
import dev.braid.driver.Prepared.Failed;
import dev.braid.driver.gate.Gate;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.InboxState;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.LineSettings;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsException;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a line up to date with the inbox. */
@Command(
    name = "run",
    header = "Learn what is in the inbox.",
    sortOptions = false,
    description = {
      "Brings a line up to date: takes in the pictures of what waits in the inbox, trains an expert"
          + " for each task, merges them one by one, measures every known task on its validation"
          + " pictures, and publishes a version or sets the task aside.",
      "",
      "It may be killed and run again at any time: it goes on where it was and ends with the same"
          + " model digest. A task that was set aside is not tried again unless it is forced.",
      "",
      "Next: 'braid evaluate' measures all versions on the test pictures.",
      ""
    })
final class RunCommand implements Callable<Integer> {
  /** Counts when the line begins: its start is stored then, and no seed beside it. */
  private static final String LORA_SEED = "lora-seed";

  @Option(
      names = "--force",
      paramLabel = "TASK",
      description = "Publish this task, set aside before, whatever the gate says.")
  List<String> forced = List.of();

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws CommitConflictException {
    Settings settings = options.settings();
    Console console = options.console();
    ModelStore store = ModelStore.open(settings.location());
    Line line = line(store, settings);
    InboxState inboxState = InboxState.of(store, settings.line());
    Forced files = Forced.of(inboxState, forced.stream().map(TaskId::new).toList());
    boolean nothing = inboxState.waiting().isEmpty() && files.equals(Forced.NONE);
    Outcome outcome = nothing ? Outcome.NOTHING : run(settings, line, files, options.progress());
    tell(console, line, outcome);
    console.result(json(line, outcome));
    return exitCode(outcome).code();
  }

  /**
   * The line that the settings name.
   *
   * @throws SettingsException if they want it to be what it is not, now that it has begun
   */
  static Line line(ModelStore store, Settings settings) {
    LineSettings begun = settings.lineSettings(store.info().settings());
    Line line = new Line(store, settings.line(), begun);
    if (line.head().version().isPresent()) {
      checkNothingElseIsAsked(store, line, settings);
    }
    return line;
  }

  private static void checkNothingElseIsAsked(ModelStore store, Line line, Settings settings) {
    LineSettings is = LineSettings.of(line.head().model());
    SortedMap<String, String> asked =
        settings.lineSettings(is.toMap()).resolved(store.base().tensors()).toMap();
    checkIsAsked(line, "strategy", is, asked);
    checkIsAsked(line, "train", is, asked);
    asked.keySet().stream()
        .filter(name -> !name.equals(LORA_SEED))
        .forEach(name -> checkIsAsked(line, name, is, asked));
  }

  private static void checkIsAsked(
      Line line, String name, LineSettings is, SortedMap<String, String> asked) {
    String value = is.toMap().get(name);
    if (!Objects.equals(asked.get(name), value)) {
      throw new SettingsException(
          "Invalid setting braid.line.%s: %s (line %s is %s for life; leave the setting out, or begin another line with --line)"
              .formatted(name, asked.get(name), line.id(), value));
    }
  }

  /** Runs the pipeline on a Spark of its own. */
  private static Outcome run(
      Settings settings, Line line, Forced forced, ProgressListener progressListener)
      throws CommitConflictException {
    try (JavaSparkContext spark = Sessions.open(settings)) {
      return run(settings, spark, line, forced, progressListener);
    }
  }

  /** Runs the pipeline. */
  static Outcome run(
      Settings settings,
      JavaSparkContext spark,
      Line line,
      Forced forced,
      ProgressListener progressListener)
      throws CommitConflictException {
    return new Pipelines(
            settings::request, new Gate(settings.gate()), settings.gateSample(), Clock.systemUTC())
        .pipeline(spark, settings.location(), line, progressListener)
        .run(forced);
  }

  /** One if a task could not be decided, else five if one was set aside. */
  static ExitCode exitCode(Outcome outcome) {
    if (!outcome.failed().isEmpty()) {
      return ExitCode.FAILED;
    }
    return outcome.decisions().stream().allMatch(Decision::published)
        ? ExitCode.DONE
        : ExitCode.DONE_WITH_REFUSALS;
  }

  private static void tell(Console console, Line line, Outcome outcome) {
    if (outcome.equals(Outcome.NOTHING)) {
      console.line("Nothing to do: no task waits for line %s.", line.id());
    }
    for (Decision decision : outcome.decisions()) {
      console.line(
          switch (decision.fate()) {
            case LEARNED -> "Learned %s.";
            case REPLACED -> "Replaced %s.";
            case SET_ASIDE -> "Set aside %s: %s";
          },
          decision.task(),
          String.join("; ", decision.reasons()));
    }
    for (Failed failed : outcome.failed()) {
      console.error(
          "Could not learn %s this time: %s (it waits for the next run)",
          failed.file().task(), Failures.sentence(failed.cause()));
    }
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
        .with("failed", outcome.failed(), RunCommand::json);
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
