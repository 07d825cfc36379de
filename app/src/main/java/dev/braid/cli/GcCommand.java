package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.settings.Settings;
import dev.braid.store.ModelStore;
import dev.braid.store.file.FileEntry;
import dev.braid.store.gc.GarbageCollector;
import dev.braid.store.gc.PlannedDeletions;
import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes files that a store no longer needs. */
@Command(
    name = "gc",
    header = "Delete files that the store no longer needs, in two steps.",
    sortOptions = false,
    description = {
      "Marks for deletion the files that no kept version and no recent receipt names, and deletes"
          + " files that were marked braid.gc.min-age (48 hours) ago and have not been needed"
          + " since. Files younger than that are never marked, so it may run alongside any other"
          + " command.",
      "",
      "Without --apply it only prints what it would do. A version that is not kept disappears from"
          + " the log.",
      "",
      "Next: run it again after braid.gc.min-age, for example every night.",
      ""
    })
final class GcCommand implements Callable<Integer> {
  @Option(
      names = "--keep",
      paramLabel = "N",
      description =
          "Keep the newest N versions of every line (default: braid.gc.keep; 0 keeps all).")
  @Nullable Integer keep;

  @Option(names = "--apply", description = "Mark and delete; without it nothing is changed.")
  boolean apply;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    if (keep != null) {
      options.assignments.add("gc.keep=" + keep);
    }
    Settings settings = options.settings();
    Console console = options.console();
    GarbageCollector garbageCollector =
        new GarbageCollector(ModelStore.open(settings.location()).location());
    PlannedDeletions plannedDeletions = garbageCollector.plan(settings.retention());
    int deleted = apply ? garbageCollector.run(plannedDeletions) : 0;
    print(console, apply ? "Marked for deletion" : "Would mark", plannedDeletions.mark());
    print(console, apply ? "Deleted" : "Would delete", plannedDeletions.delete());
    if (!apply) {
      console.line("Nothing was changed; 'braid gc --apply' does it.");
    }
    console.result(
        new JsonObject()
            .with("condemned", plannedDeletions.mark(), FileEntry::name)
            .with("deleted", plannedDeletions.delete(), FileEntry::name)
            .with("deleted-files", deleted));
    return ExitCode.DONE.code();
  }

  private static void print(Console console, String what, List<FileEntry> files) {
    console.line(
        String.format(
            Locale.ROOT,
            "%-19s %,d files, %,d bytes",
            what,
            files.size(),
            PlannedDeletions.bytes(files)));
  }
}
