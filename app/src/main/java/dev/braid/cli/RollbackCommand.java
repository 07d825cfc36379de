package dev.braid.cli;

import dev.braid.Braid;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.history.Rollback;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Rolls a line back to an earlier version's model. */
@Command(
    name = "rollback",
    header = "Roll a line back to an earlier version's model.",
    sortOptions = false,
    description = {
      "Publishes the model of an earlier version as a new version; the versions in between stay in"
          + " the log. The tasks that they learned are set aside, so that the next run does not"
          + " learn them again.",
      "",
      "Next: 'braid add --again TASK' puts one of them back in the inbox; 'braid rollback' with a"
          + " higher number restores all of them.",
      ""
    })
final class RollbackCommand implements Callable<Integer> {
  @Parameters(paramLabel = "V", description = "The number of the version to roll back to.")
  int number;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws CommitConflictException {
    Settings settings = options.settings();
    Console console = options.console();
    try (Braid braid = Braid.open(settings)) {
      Optional<Version> published = braid.rollback(number);
      Version head = braid.line().head().version().orElseThrow();
      if (published.isEmpty()) {
        console.line(
            "Nothing to do: line %s already has the tasks of version %d.", head.line(), number);
      }
      published.ifPresent(
          version ->
              version.setAside().stream()
                  .filter(aside -> aside.reason().equals(Rollback.reason(number)))
                  .forEach(
                      aside -> console.line("Set aside %s: %s", aside.task(), aside.reason())));
      console.line("Line %s is at version %d, model %s.", head.line(), head.number(), head.model());
      console.result(
          new JsonObject()
              .with("line", head.line())
              .with("version", head.number())
              .with("model", head.model())
              .with("set-aside", head.setAside(), ShowCommand::json));
      return ExitCode.DONE.code();
    }
  }
}
