package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.history.Purge;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes for good what a store holds of a removed task. */
@Command(
    name = "purge",
    header = "Delete a removed task's pictures and all that came of them, for good.",
    sortOptions = false,
    description = {
      "Deletes a removed task's request, pictures, delta, planes, features and scores, and every"
          + " version that knew it: gaps stay in the log. All else that no version rests on goes"
          + " too, such as trainings that wait for their merge; they are done again. Only the"
          + " pictures that were taken in for other tasks stay. Let no run work at the same time:"
          + " it would have to be run again.",
      "",
      "The task's name stays in the inbox and the log. What a line of truth decoupled kept of it"
          + " ('braid remove --accept-residue') stays in that line's vectors.",
      "",
      "It asks twice; --yes, given twice, answers.",
      ""
    })
final class PurgeCommand implements Callable<Integer> {
  private static final String YES = "yes";

  @Parameters(paramLabel = "TASK", description = "The task's name.")
  String task = "";

  @Option(names = "--yes", description = "Answer a question with yes; to be given twice.")
  boolean[] yes = {};

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws CommitConflictException, IOException {
    Settings settings = options.settings();
    Console console = options.console();
    ModelStore store = ModelStore.open(settings.location());
    TaskId name = new TaskId(task);
    Purge purge = new Purge(store, settings.ingestSeed(), Clock.systemUTC());
    List<Version> doomed = purge.versions(name);
    console.line("This deletes from %s, for good:", settings.location().root());
    console.line("  the pictures of %s, and all that came of them", name);
    console.line(
        "  %d versions: %s",
        doomed.size(), doomed.stream().map(PurgeCommand::text).collect(Collectors.joining(", ")));
    if (yes.length < 2 && !isConfirmed(console, name)) {
      throw new IllegalArgumentException(
          "Cannot purge %s: it was not confirmed, nothing was changed (answer both questions, or give --yes twice)"
              .formatted(name));
    }
    int deleted = purge.run(name);
    console.line("Purged %s: %,d files are gone.", name, deleted);
    console.result(
        new JsonObject()
            .with("task", name)
            .with("versions", doomed, PurgeCommand::text)
            .with("deleted-files", deleted));
    return ExitCode.DONE.code();
  }

  private static String text(Version version) {
    return version.line() + " " + version.number();
  }

  private boolean isConfirmed(Console console, TaskId name) throws IOException {
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    if (yes.length < 1) {
      console.line("Go on? (%s)", YES);
      if (!YES.equals(answers.readLine())) {
        return false;
      }
    }
    console.line("It cannot be undone. Type the task's name to go on:");
    return name.name().equals(answers.readLine());
  }
}
