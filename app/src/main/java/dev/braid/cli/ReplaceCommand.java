package dev.braid.cli;

import static java.util.Objects.requireNonNull;

import dev.braid.Braid;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.merging.Residue;
import dev.braid.settings.Settings;
import dev.braid.settings.TaskFile;
import dev.braid.store.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a task in the inbox that takes the place of a learned one. */
@Command(
    name = "replace",
    header = "Let a new expert take the place of a learned task's.",
    sortOptions = false,
    description = {
      "Puts a task in the inbox that replaces the learned one of its name: a file that describes"
          + " it, or the name and --images. 'braid run' trains the new expert and publishes a"
          + " version in which it stands in the old one's place, if the gate lets it; else the old"
          + " one stays.",
      "",
      "On a line of truth deltas the new model is that of a line that saw the new task in the old"
          + " one's stead. On one of truth decoupled it is where the task was learned last; else a"
          + " trace stays in the other experts, and the command refuses without --accept-residue."
          + " On one of strategy pam no task can be replaced.",
      "",
      "Next: 'braid run' learns it; 'braid rollback' brings the old one back.",
      ""
    })
final class ReplaceCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "TASK",
      description = "The learned task's name, where --images is given; else a file with the task.")
  String task = "";

  @Mixin TaskOptions described = new TaskOptions();

  @Option(
      names = "--accept-residue",
      description =
          "Replace it even if what it changed in other experts stays; the new one is merged last.")
  boolean residue;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Console console = options.console();
    try (Braid braid = Braid.open(settings)) {
      Braid.Replacing added =
          braid.replace(taskFile(), residue ? Residue.ACCEPTED : Residue.REFUSED);
      console.line(
          added.left() == Residue.ACCEPTED
              ? "Added %s as number %d of the inbox: it will be merged last, and what the learned"
                  + " one changed in other experts stays."
              : "Added %s as number %d of the inbox: it will take the place of the learned one.",
          added.file().task(),
          added.file().number());
      console.line("Next: braid run --store %s", settings.location().root());
      console.result(
          new JsonObject()
              .with("task", added.file().task())
              .with("number", added.file().number())
              .with("file", added.file().digest()));
      return ExitCode.DONE.code();
    }
  }

  private TaskFile taskFile() {
    if (described.suffice()) {
      return described.task(task);
    }
    if (described.areGiven()) {
      throw new ParameterException(
          requireNonNull(spec, "spec is null").commandLine(),
          "Name a task file, or the learned task and --images");
    }
    return TaskFile.read(Path.of(task));
  }
}
