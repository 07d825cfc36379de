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

/** Puts a task in the inbox that replaces a learned one. */
@Command(
    name = "replace",
    header = "Replace a learned task's expert with a new one.",
    sortOptions = false,
    description = {
      "Puts a task in the inbox that replaces the learned task of the same name: a file that"
          + " describes it, or the name and --images (or --table). 'braid run' trains the new"
          + " expert and publishes a version with it in place of the old one if the gate accepts"
          + " it; otherwise the old one stays.",
      "",
      "With truth deltas the new model equals that of a line that learned the new task instead of"
          + " the old one. With truth decoupled this holds only if the task was learned last;"
          + " otherwise its effect on the other experts remains, and the command refuses without"
          + " --accept-residue. With strategy pam no task can be replaced.",
      "",
      "Next: 'braid run' learns the new task; 'braid rollback' brings the old one back.",
      ""
    })
final class ReplaceCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "TASK",
      description =
          "The learned task's name if --images or --table is given; otherwise a file that describes"
              + " the task.")
  String named = "";

  @Mixin TaskOptions described = new TaskOptions();

  @Option(
      names = "--accept-residue",
      description =
          "Replace the task even if its effect on other experts remains; the new one is merged"
              + " last.")
  boolean residue;

  @Mixin LookOptions look = new LookOptions();

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Console console = options.console();
    TaskFile task = taskFile();
    try (Braid braid = Braid.open(settings)) {
      Residue accepted = residue ? Residue.ACCEPTED : Residue.REFUSED;
      braid.checkReplacement(task.name(), accepted);
      JsonObject found = look.at(braid, task, console);
      if (look.isDryRun()) {
        console.result(found);
        return ExitCode.DONE.code();
      }
      Braid.Replacing added = braid.replace(task, accepted);
      console.line(
          added.left() == Residue.ACCEPTED
              ? "Added %s as number %d of the inbox: it will be merged last, and the effect of the"
                  + " learned one on other experts remains."
              : "Added %s as number %d of the inbox: it will replace the learned one.",
          added.file().task(),
          added.file().number());
      console.line("Next: braid run --store %s", settings.location().root());
      console.result(
          found
              .with("task", added.file().task())
              .with("number", added.file().number())
              .with("file", added.file().digest()));
      return ExitCode.DONE.code();
    }
  }

  private TaskFile taskFile() {
    if (described.suffice()) {
      return described.task(named);
    }
    if (described.areGiven()) {
      throw new ParameterException(
          requireNonNull(spec, "spec is null").commandLine(),
          "Name a task file, or the learned task and --images (or --table)");
    }
    return TaskFile.read(Path.of(named));
  }
}
