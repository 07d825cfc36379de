package dev.braid.cli;

import dev.braid.Braid;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.merging.Residue;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes a task from a line. */
@Command(
    name = "remove",
    header = "Remove a task from a line.",
    sortOptions = false,
    description = {
      "Publishes a version without the task and sets its request aside, whether the task is learned"
          + " or still waiting. Earlier versions keep the task, and the store keeps its pictures:"
          + " 'braid purge' deletes both.",
      "",
      "With truth deltas the new model equals that of a line that never learned the task. With"
          + " truth decoupled this holds only if the task was learned last; otherwise its effect on"
          + " the other experts remains, and the command refuses without --accept-residue. With"
          + " strategy pam only a waiting task can be removed.",
      "",
      "Next: 'braid add --again TASK' puts the task back in the inbox.",
      ""
    })
final class RemoveCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TASK", description = "The task's name.")
  String task = "";

  @Option(
      names = "--accept-residue",
      description = "Remove the task even if its effect on other experts remains.")
  boolean residue;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws CommitConflictException {
    Settings settings = options.settings();
    Console console = options.console();
    TaskId name = new TaskId(task);
    try (Braid braid = Braid.open(settings)) {
      Optional<Version> removed = braid.remove(name, residue ? Residue.ACCEPTED : Residue.REFUSED);
      Version head = removed.or(() -> braid.line().head().version()).orElseThrow();
      console.line(
          removed.isPresent() ? "Removed %s." : "Nothing to do: %s is set aside already.", name);
      console.line("Line %s is at version %d, model %s.", head.line(), head.number(), head.model());
      console.result(
          new JsonObject()
              .with("line", head.line())
              .with("task", name)
              .with("version", head.number())
              .with("model", head.model()));
      return ExitCode.DONE.code();
    }
  }
}
