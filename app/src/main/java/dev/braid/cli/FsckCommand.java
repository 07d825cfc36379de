package dev.braid.cli;

import dev.braid.SparkContexts;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.jobs.stage.FileCheckJob;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.settings.Settings;
import dev.braid.store.fsck.Finding;
import dev.braid.store.fsck.Finding.Remedy;
import dev.braid.store.fsck.Finding.Severity;
import dev.braid.store.fsck.Fsck;
import dev.braid.store.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks everything that a store holds. */
@Command(
    name = "fsck",
    header = "Check everything that the store holds.",
    sortOptions = false,
    description = {
      "Reads every file of the store, compares it with its digest or seal, and follows what"
          + " versions, receipts and records name. Says of each fault which file, what is wrong,"
          + " what it harms, and what can be done. Runs beside other commands.",
      "",
      "Exit codes: 0 whole, 5 all faults were repaired, 1 faults are left.",
      ""
    })
final class FsckCommand implements Callable<Integer> {
  @Option(
      names = "--repair",
      description =
          "Move aside broken files that can be made again, and delete temporary files that nobody"
              + " needs.")
  boolean repair;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Console console = options.console();
    Fsck.Result found = run(settings, options.progress());
    found.findings().forEach(finding -> tell(console, finding));
    console.line(
        "%s (%,d files of %,d bytes; %s)",
        ending(found), found.files(), found.bytes(), settings.location().root());
    console.result(json(settings, found));
    return exitCode(found).code();
  }

  private Fsck.Result run(Settings settings, ProgressListener progressListener) {
    try (JavaSparkContext spark = SparkContexts.open(settings)) {
      Fsck fsck =
          new Fsck(
              settings.location(),
              new Fsck.Settings(settings.temporaryAge(), Clock.systemUTC()),
              new FileCheckJob(spark));
      Fsck.Result found = fsck.check((read, all) -> progressListener.say(progress(read, all)));
      if (repair) {
        fsck.repair(found);
      }
      return found;
    }
  }

  private static String progress(long read, long all) {
    return String.format(
        Locale.ROOT,
        "read %,d of %,d MB (%d %%)",
        read >> 20,
        all >> 20,
        100 * read / Math.max(1, all));
  }

  private void tell(Console console, Finding finding) {
    console.line(
        "%s %s%s",
        label(finding.severity()),
        finding.sentence(),
        isRepaired(finding) ? " (" + finding.remedy().done() + ")" : "");
  }

  private static String label(Severity severity) {
    return severity == Severity.FAULT ? "Fault" : "Note ";
  }

  private boolean isRepaired(Finding finding) {
    return repair && finding.remedy() != Remedy.NONE;
  }

  private long left(Fsck.Result found) {
    return found.of(Severity.FAULT).stream().filter(fault -> !isRepaired(fault)).count();
  }

  private String ending(Fsck.Result found) {
    int faults = found.of(Severity.FAULT).size();
    return faults == 0
        ? "The store is whole"
        : "The store has %d faults, %d of them repaired".formatted(faults, faults - left(found));
  }

  private ExitCode exitCode(Fsck.Result found) {
    if (left(found) > 0) {
      return ExitCode.FAILED;
    }
    return found.of(Severity.FAULT).isEmpty() ? ExitCode.DONE : ExitCode.DONE_WITH_REFUSALS;
  }

  private JsonObject json(Settings settings, Fsck.Result found) {
    List<Finding> faults = found.of(Severity.FAULT);
    return new JsonObject()
        .with("store", settings.location().root())
        .with("files", found.files())
        .with("bytes", found.bytes())
        .with("faults", faults, this::json)
        .with("notes", found.of(Severity.NOTE), this::json)
        .with("left", left(found));
  }

  private JsonObject json(Finding finding) {
    return new JsonObject()
        .with("file", finding.file())
        .with("what", finding.what())
        .with("harm", finding.impact())
        .with("done", isRepaired(finding) ? finding.remedy().done() : Remedy.NONE.done());
  }
}
