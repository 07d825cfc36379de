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

/** Goes back to what an earlier version knew. */
@Command(
    name = "rollback",
    header = "Go back to an earlier version's model.",
    sortOptions = false,
    description = {
      "Publishes the model of an earlier version as a new version; the versions in between stay in"
          + " the log. The tasks that they learned are set aside, so no run learns them again by"
          + " itself.",
      "",
      "Next: 'braid add --again TASK' brings one of them back; 'braid rollback' with a higher"
          + " number brings all of them back.",
      ""
    })
final class RollbackCommand implements Callable<Integer> {
  @Parameters(paramLabel = "V", description = "The number of the version to go back to.")
  int number;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws CommitConflictException {
    Settings settings = options.settings();
    Console console = options.console();
    try (Braid braid = Braid.open(settings)) {
      Optional<Version> done = braid.rollback(number);
      Version head = braid.line().head().version().orElseThrow();
      if (done.isEmpty()) {
        console.line("Nothing to do: line %s knows what version %d knew.", head.line(), number);
      }
      done.ifPresent(
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
