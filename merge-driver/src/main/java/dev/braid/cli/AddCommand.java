package dev.braid.cli;

import dev.braid.driver.Backlog;
import dev.braid.driver.Line;
import dev.braid.driver.Readmission;
import dev.braid.jobs.dataset.AllowedRoots;
import dev.braid.model.Check;
import dev.braid.model.TaskId;
import dev.braid.model.Version;
import dev.braid.store.InboxFile;
import dev.braid.store.ModelStore;
import dev.braid.store.commit.CommitConflictException;
import dev.braid.store.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
      "Puts a task in the inbox: a file that describes it, or the options --name and --images.",
      "",
      "The folder of pictures has train/<class>/... and test/<class>/..., or <class>/... alone, of"
          + " which a seeded fifth becomes the test. conf/task.conf is an annotated example of a"
          + " task file.",
      "",
      "A task that was set aside (refused, rolled back, removed) comes back with --again: the same"
          + " request, with the pictures that were taken in for it while 'braid gc' keeps them"
          + " (braid.gc.cache-age).",
      "",
      "Next: 'braid run' learns it.",
      ""
    })
final class AddCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "TASK.conf", description = "A file with the task.")
  @Nullable Path file;

  @Option(names = "--name", paramLabel = "N", description = "The task's name.")
  @Nullable String name;

  @Option(names = "--images", paramLabel = "DIR", description = "The folder of pictures.")
  @Nullable String images;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = "Class names, one a line, where the folders' names are not to be used.")
  @Nullable String classes;

  @Option(
      names = "--template",
      paramLabel = "T",
      description = "A sentence with {c} for the class name; may be given often, the first trains.")
  List<String> templates = new ArrayList<>();

  @Option(
      names = "--priority",
      paramLabel = "P",
      description = "The higher, the earlier it is merged (default: 0).")
  int priority;

  @Option(
      names = "--again",
      paramLabel = "TASK",
      description = "Let this task, set aside before, wait once more.")
  @Nullable String again;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws CommitConflictException {
    return again == null ? add() : addAgain(new TaskId(again));
  }

  private int addAgain(TaskId task) throws CommitConflictException {
    if (file != null || !described().isEmpty()) {
      throw usage("--again takes the task as it was: give nothing else that describes one");
    }
    Settings settings = options.settings();
    Console console = options.console();
    ModelStore store = ModelStore.open(settings.location());
    Line line = RunCommand.line(store, settings);
    Version version = new Readmission(store, line, Clock.systemUTC()).run(task);
    console.line("Added %s again (version %d of line %s).", task, version.number(), line.id());
    console.line("Next: braid run --store %s", settings.location().root());
    console.result(new JsonObject().with("task", task).with("version", version.number()));
    return ExitCode.DONE.code();
  }

  private int add() {
    Settings settings = options.settings();
    Console console = options.console();
    TaskFile task = task();
    InboxFile added = add(ModelStore.open(settings.location()), settings, task);
    console.line("Added %s as number %d of the inbox.", added.task(), added.number());
    console.line("Next: braid run --store %s", settings.location().root());
    console.result(
        new JsonObject()
            .with("task", added.task())
            .with("number", added.number())
            .with("file", added.digest()));
    return ExitCode.DONE.code();
  }

  private TaskFile task() {
    Map<String, Object> described = described();
    if (file != null) {
      if (!described.isEmpty()) {
        throw usage("Give a task file or options that describe the task, not both");
      }
      return TaskFile.read(file);
    }
    if (name == null || images == null) {
      throw usage("Name a task file, or give --name and --images");
    }
    return TaskFile.of(described);
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(
        java.util.Objects.requireNonNull(spec, "spec is null").commandLine(), sentence);
  }

  private Map<String, Object> described() {
    Map<String, Object> described = new TreeMap<>();
    if (name != null) {
      described.put("name", name);
    }
    if (images != null) {
      described.put("images", images);
    }
    if (classes != null) {
      described.put("classes", classes);
    }
    if (!templates.isEmpty()) {
      described.put("templates", templates);
    }
    if (priority != 0) {
      described.put("priority", priority);
    }
    return described;
  }

  /** Puts the task in the inbox, if it can be learned by its looks. */
  static InboxFile add(ModelStore store, Settings settings, TaskFile task) {
    checkTraining(settings, task);
    checkAllowed(settings, task);
    checkFolder(task);
    checkNameIsFree(store, settings, task.name());
    return store.inbox().add(task.text(), task.name());
  }

  private static void checkTraining(Settings settings, TaskFile task) {
    try {
      var unusedSettings = settings.train(task.train());
      var unusedRounds = settings.rounds(task.train());
    } catch (SettingsException e) { // here it is the task that is refused
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void checkAllowed(Settings settings, TaskFile task) {
    AllowedRoots allowed = settings.allowedRoots();
    allowed.checkNamed(task.images(), settings.location().options());
    task.classes().ifPresent(file -> allowed.checkNamed(file, settings.location().options()));
  }

  private static void checkFolder(TaskFile task) {
    boolean local = task.images().startsWith("/");
    Check.argument(
        !local || Files.isDirectory(Path.of(task.images())),
        "Cannot add task %s: there is no folder %s",
        task.name(),
        task.images());
  }

  private static void checkNameIsFree(ModelStore store, Settings settings, TaskId task) {
    Backlog backlog = Backlog.of(store, settings.line());
    Check.argument(
        !backlog.knows(task),
        "Cannot add task %s: line %s has learned it already; give the new one another name",
        task,
        settings.line());
    Check.argument(
        !backlog.awaits(task),
        "Cannot add task %s: one of that name waits in the inbox; run 'braid run' or choose another",
        task);
  }
}
