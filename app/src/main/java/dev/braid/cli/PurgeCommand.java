package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.history.Purge;
import dev.braid.driver.line.Author;
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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes everything that a store holds of a removed task, permanently. */
@Command(
    name = "purge",
    header = "Permanently delete a removed task's pictures and everything derived from them.",
    sortOptions = false,
    description = {
      "Deletes a removed task's request, pictures, delta, planes, features and scores, and every"
          + " version that contains it; the log keeps gaps. It also deletes everything else that no"
          + " version refers to, such as trainings that are not merged yet; the next run repeats"
          + " them. Only the pictures ingested for other tasks stay. Do not start a run at the same"
          + " time: it would fail and have to be repeated.",
      "",
      "The task's name stays in the inbox and the log. On a line with truth decoupled, the residue"
          + " that 'braid remove --accept-residue' accepted stays in the line's vectors.",
      "",
      "It asks for confirmation twice; --yes given twice answers both questions.",
      ""
    })
final class PurgeCommand implements Callable<Integer> {
  private static final String YES = "yes";

  @Parameters(paramLabel = "TASK", description = "The task's name.")
  String task = "";

  @Option(
      names = "--yes",
      description = "Confirm one of the two questions; give it twice to confirm both.")
  boolean[] yes = {};

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws CommitConflictException, IOException {
    Settings settings = options.settings();
    Console console = options.console();
    ModelStore store = ModelStore.open(settings.location());
    TaskId name = new TaskId(task);
    Purge purge =
        new Purge(
            store,
            settings.ingestSeed(),
            Author.ofThisProcess(settings.digest(), Optional.empty()));
    List<Version> affected = purge.versions(name);
    console.line("This permanently deletes from %s:", settings.location().root());
    console.line("  the pictures of %s and everything derived from them", name);
    console.line(
        "  %d versions: %s",
        affected.size(),
        affected.stream().map(PurgeCommand::text).collect(Collectors.joining(", ")));
    if (yes.length < 2 && !isConfirmed(console, name)) {
      throw new IllegalArgumentException(
          "Cannot purge %s: it was not confirmed, nothing was changed (answer both questions, or give --yes twice)"
              .formatted(name));
    }
    int deleted = purge.run(name);
    console.line("Purged %s: deleted %,d files.", name, deleted);
    console.result(
        new JsonObject()
            .with("task", name)
            .with("versions", affected, PurgeCommand::text)
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
      console.line("Continue? (%s)", YES);
      if (!YES.equals(answers.readLine())) {
        return false;
      }
    }
    console.line("It cannot be undone. Type the task's name to continue:");
    return name.name().equals(answers.readLine());
  }
}
