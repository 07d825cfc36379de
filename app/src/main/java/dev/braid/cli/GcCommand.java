package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.settings.Settings;
import dev.braid.store.ModelStore;
import dev.braid.store.file.FileEntry;
import dev.braid.store.gc.Collector;
import dev.braid.store.gc.GcPlan;
import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes what a store has no more use for. */
@Command(
    name = "gc",
    header = "Delete what the store has no more use for, in two steps.",
    sortOptions = false,
    description = {
      "Condemns what no kept version and no recent receipt names, and deletes what was condemned"
          + " braid.gc.min-age ago (48 hours) and was not needed since. Nothing younger is"
          + " condemned, so it may run beside everything else.",
      "",
      "Without --apply it only says what it would do. A version that is not kept leaves the log.",
      "",
      "Next: run it again after min-age, best every night.",
      ""
    })
final class GcCommand implements Callable<Integer> {
  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "Keep the newest N versions of every line (default: braid.gc.keep; 0 is all).")
  @Nullable Integer keep;

  @Option(names = "--apply", description = "Do it.")
  boolean apply;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    if (keep != null) {
      options.assignments.add("gc.keep=" + keep);
    }
    Settings settings = options.settings();
    Console console = options.console();
    Collector collector = new Collector(ModelStore.open(settings.location()).location());
    GcPlan gcPlan = collector.plan(settings.retention());
    int deleted = apply ? collector.run(gcPlan) : 0;
    tell(console, apply ? "Condemned" : "Would condemn", gcPlan.mark());
    tell(console, apply ? "Deleted" : "Would delete", gcPlan.delete());
    if (!apply) {
      console.line("Nothing was changed; 'braid gc --apply' does it.");
    }
    console.result(
        new JsonObject()
            .with("condemned", gcPlan.mark(), FileEntry::name)
            .with("deleted", gcPlan.delete(), FileEntry::name)
            .with("deleted-files", deleted));
    return ExitCode.DONE.code();
  }

  private static void tell(Console console, String what, List<FileEntry> files) {
    console.line(
        String.format(
            Locale.ROOT, "%-14s %,d files, %,d bytes", what, files.size(), GcPlan.bytes(files)));
  }
}
