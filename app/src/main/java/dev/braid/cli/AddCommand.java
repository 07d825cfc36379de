package dev.braid.cli;

import static java.util.Objects.requireNonNull;

import dev.braid.Braid;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.driver.merging.Residue;
import dev.braid.model.TaskId;
import dev.braid.model.record.InboxFile;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.settings.TaskFile;
import dev.braid.store.commit.CommitConflictException;
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

/** Puts a task in the inbox. */
@Command(
    name = "add",
    header = "Put a task in the inbox.",
    sortOptions = false,
    description = {
      "Puts a task in the inbox: a file that describes it, or the options --name and --images (or"
          + " --table).",
      "",
      "A folder of pictures contains train/<class>/... and test/<class>/..., or only <class>/...,"
          + " of which a seeded random fifth becomes the test set. A folder val/<class>/... beside"
          + " train/ and test/ is the validation set; without one a part of train/ is. The"
          + " validation folder may also be called valid, validation or dev, and all in any case."
          + " Tables and lists have a column for the class. conf/task.conf is an annotated example"
          + " of a task file, docs/sources.md describes all sources.",
      "",
      "The command reads every picture once, as 'braid run' will, says what it finds and what it"
          + " would leave out, and refuses what cannot be learned.",
      "",
      "--to adds pictures to a learned task: its new data set has the old pictures, which keep"
          + " their splits, and the new ones. Pictures that it has already are passed over.",
      "",
      "--again brings back a task that was set aside (refused, rolled back, removed): the same"
          + " request, with the pictures ingested for it as long as 'braid gc' keeps them"
          + " (braid.gc.cache-age).",
      "",
      "Next: 'braid run' learns the task.",
      ""
    })
final class AddCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "TASK.conf",
      description = "A file that describes the task.")
  @Nullable Path file;

  @Option(names = "--name", paramLabel = "N", description = "The task's name.")
  @Nullable String name;

  @Option(
      names = "--to",
      paramLabel = "TASK",
      description =
          "Add the pictures to those of this learned task; 'braid run' trains it again and replaces"
              + " it, as 'braid replace' does.")
  @Nullable String to;

  @Option(
      names = "--accept-residue",
      description = "With --to: replace the task even if its effect on other experts remains.")
  boolean residue;

  @Mixin TaskOptions described = new TaskOptions();

  @Option(
      names = "--again",
      paramLabel = "TASK",
      description = "Put this task, which was set aside, back in the inbox.")
  @Nullable String again;

  @Mixin LookOptions look = new LookOptions();

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws CommitConflictException {
    return again == null ? add() : addAgain(new TaskId(again));
  }

  private int addAgain(TaskId task) throws CommitConflictException {
    if (file != null || name != null || described.areGiven() || to != null || look.isDryRun()) {
      throw usage(
          "--again adds the task as it was: give no task file, no other option that describes a"
              + " task, and no --dry-run");
    }
    Settings settings = options.settings();
    Console console = options.console();
    try (Braid braid = Braid.open(settings)) {
      Version version = braid.requeue(task);
      console.line(
          "Added %s again (version %d of line %s).", task, version.number(), version.line());
      console.line("Next: braid run --store %s", settings.location().root());
      console.result(new JsonObject().with("task", task).with("version", version.number()));
      return ExitCode.DONE.code();
    }
  }

  private int add() {
    Settings settings = options.settings();
    Console console = options.console();
    TaskFile given = task();
    try (Braid braid = Braid.open(settings)) {
      TaskFile task = checked(braid, given);
      JsonObject found = look.at(braid, task, console);
      if (look.isDryRun()) {
        console.result(found);
        return ExitCode.DONE.code();
      }
      InboxFile added = put(braid, task);
      console.line("Added %s as number %d of the inbox.", added.task(), added.number());
      console.line("Next: braid run --store %s", settings.location().root());
      console.result(
          found
              .with("task", added.task())
              .with("number", added.number())
              .with("file", added.digest()));
      return ExitCode.DONE.code();
    }
  }

  /** The task as the inbox is to have it, if its name allows that. */
  private TaskFile checked(Braid braid, TaskFile task) {
    if (to != null) {
      braid.checkReplacement(task.name(), accepted());
      return braid.extending(task);
    }
    braid.checkNameIsFree(task.name());
    return task;
  }

  private InboxFile put(Braid braid, TaskFile task) {
    return to == null ? braid.add(task) : braid.replace(task, accepted()).file();
  }

  private Residue accepted() {
    return residue ? Residue.ACCEPTED : Residue.REFUSED;
  }

  private TaskFile task() {
    if (to != null) {
      if (file != null || name != null || !described.suffice()) {
        throw usage("With --to give --images or --table, and neither a task file nor a name");
      }
      return described.task(to);
    }
    if (file != null) {
      if (name != null || described.areGiven()) {
        throw usage("Give a task file or options that describe the task, not both");
      }
      return TaskFile.read(file);
    }
    if (name == null || !described.suffice()) {
      throw usage("Name a task file, or give --name and --images (or --table)");
    }
    return described.task(name);
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(requireNonNull(spec, "spec is null").commandLine(), sentence);
  }
}
