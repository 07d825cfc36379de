package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.cli.terminal.Sessions;
import dev.braid.driver.history.Removal;
import dev.braid.driver.line.Line;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.Residue;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a task out of a line. */
@Command(
    name = "remove",
    header = "Take a task out of a line.",
    sortOptions = false,
    description = {
      "Publishes a version without the task and sets its request aside, whether it was learned or"
          + " waits. Earlier versions keep it, as do its pictures in the store: 'braid purge'"
          + " deletes those.",
      "",
      "On a line of truth deltas the new model is that of a line that never saw the task. On one of"
          + " truth decoupled it is where the task was learned last; else a trace stays in the"
          + " other experts, and the command refuses without --accept-residue. On one of strategy"
          + " pam only a task that waits can be removed.",
      "",
      "Next: 'braid add --again TASK' brings it back.",
      ""
    })
final class RemoveCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TASK", description = "The task's name.")
  String task = "";

  @Option(
      names = "--accept-residue",
      description = "Remove it even if what it changed in other experts stays.")
  boolean residue;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws CommitConflictException {
    Settings settings = options.settings();
    Console console = options.console();
    ModelStore store = ModelStore.open(settings.location());
    Line line = RunCommand.line(store, settings);
    TaskId name = new TaskId(task);
    Optional<Version> removed =
        new Removal(
                store,
                line,
                (untaught, records) -> remerge(settings, untaught, records),
                Clock.systemUTC())
            .run(name, residue ? Residue.ACCEPTED : Residue.REFUSED);
    Version head = removed.or(() -> line.head().version()).orElseThrow();
    console.line(
        removed.isPresent() ? "Removed %s." : "Nothing to do: %s is set aside already.", name);
    console.line("Line %s is at version %d, model %s.", line.id(), head.number(), head.model());
    console.result(
        new JsonObject()
            .with("line", line.id())
            .with("task", name)
            .with("version", head.number())
            .with("model", head.model()));
    return ExitCode.DONE.code();
  }

  private static ModelRecord remerge(
      Settings settings, ModelRecord untaught, List<Digest> records) {
    try (JavaSparkContext spark = Sessions.open(settings)) {
      return new MergeJob(spark, settings.location()).mergeAll(untaught, records);
    }
  }
}
