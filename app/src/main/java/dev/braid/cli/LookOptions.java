package dev.braid.cli;

import dev.braid.Braid;
import dev.braid.cli.terminal.Console;
import dev.braid.jobs.dataset.IngestSummary;
import dev.braid.settings.TaskFile;
import dev.braid.store.json.JsonObject;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whether a command reads the pictures of a task before it puts it in the inbox. */
final class LookOptions {
  private static final int NAMED_CLASSES = 8;

  @ArgGroup Choice choice = new Choice();

  /** One of the options, or none. */
  static final class Choice {
    @Option(
        names = "--dry-run",
        description = "Only say what the pictures are, and add nothing to the inbox.")
    boolean dryRun;

    @Option(
        names = "--unchecked",
        description = "Add the task without reading its pictures; 'braid run' will check them.")
    boolean unchecked;
  }

  boolean isDryRun() {
    return choice.dryRun;
  }

  /**
   * Says what the pictures of a task are, unless they are not to be read.
   *
   * @return what it found, as fields
   */
  JsonObject at(Braid braid, TaskFile task, Console console) {
    JsonObject found = new JsonObject();
    if (choice.unchecked) {
      return found;
    }
    IngestSummary summary = braid.look(task);
    console.line("Found %s.", summary.sentence());
    console.line("Classes: %s.", classes(summary.classNames()));
    if (choice.dryRun) {
      console.line("Nothing was added (--dry-run).");
    }
    return found
        .with("train", summary.rows().train())
        .with("validation", summary.rows().validation())
        .with("test", summary.rows().test())
        .with("classes", summary.classNames().size())
        .with("left-out", summary.leftOut().size());
  }

  private static String classes(List<String> names) {
    return names.size() <= NAMED_CLASSES
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(
                String.join(", ", names.subList(0, NAMED_CLASSES)), names.size() - NAMED_CLASSES);
  }
}
