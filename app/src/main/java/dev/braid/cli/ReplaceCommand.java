package dev.braid.cli;

import static java.util.Objects.requireNonNull;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.line.InboxState;
import dev.braid.driver.line.Line;
import dev.braid.driver.merging.Replacement;
import dev.braid.driver.merging.Residue;
import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.ModelRecord;
import dev.braid.settings.Settings;
import dev.braid.settings.TaskFile;
import dev.braid.store.ModelStore;
import dev.braid.store.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
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
    ModelStore store = ModelStore.open(settings.location());
    Line line = RunCommand.line(store, settings);
    TaskFile asked = asked();
    TaskId name = asked.name();
    ModelRecord model = line.head().model();
    check(store, line, model, name);
    Optional<String> obstacle = new Replacement(store, line.id()).obstacle(model, name);
    if (obstacle.isPresent() && (!residue || model.isOneForAll())) {
      throw new IllegalArgumentException(obstacle.get());
    }
    Residue left = obstacle.isPresent() ? Residue.ACCEPTED : Residue.REFUSED;
    InboxFile added = RequestBuilder.put(store, settings, asked.replacing(left));
    console.line(
        left == Residue.ACCEPTED
            ? "Added %s as number %d of the inbox: it will be merged last, and what the learned one"
                + " changed in other experts stays."
            : "Added %s as number %d of the inbox: it will take the place of the learned one.",
        name,
        added.number());
    console.line("Next: braid run --store %s", settings.location().root());
    console.result(
        new JsonObject()
            .with("task", name)
            .with("number", added.number())
            .with("file", added.digest()));
    return ExitCode.DONE.code();
  }

  private TaskFile asked() {
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

  private static void check(ModelStore store, Line line, ModelRecord model, TaskId task) {
    Check.argument(
        model.learned(task).isPresent(),
        "Cannot replace %s: line %s has not learned it; 'braid add' lets a new task wait",
        task,
        line.id());
    Check.argument(
        !InboxState.of(store, line.id()).awaits(task),
        "Cannot replace %s: one of that name waits in the inbox; run 'braid run' first",
        task);
  }
}
