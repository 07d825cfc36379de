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
      "Reads every file of the store, compares it with its digest or seal, and follows the"
          + " references of versions, receipts and records. For each fault it prints the file, what"
          + " is wrong, what is affected and what can be done. It can run alongside other"
          + " commands.",
      "",
      "Exit codes: 0 no faults, 5 all faults were repaired, 1 faults are left.",
      ""
    })
final class FsckCommand implements Callable<Integer> {
  @Option(
      names = "--repair",
      description =
          "Move aside broken files that can be rebuilt, and delete temporary files that are no"
              + " longer needed.")
  boolean repair;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() {
    Settings settings = options.settings();
    Console console = options.console();
    Fsck.Result result = run(settings, options.progress());
    result.findings().forEach(finding -> print(console, finding));
    console.line(
        "%s (%,d files of %,d bytes; %s)",
        summary(result), result.files(), result.bytes(), settings.location().root());
    console.result(json(settings, result));
    return exitCode(result).code();
  }

  private Fsck.Result run(Settings settings, ProgressListener progressListener) {
    try (JavaSparkContext spark = SparkContexts.open(settings)) {
      Fsck fsck =
          new Fsck(
              settings.location(),
              new Fsck.Settings(settings.temporaryAge(), Clock.systemUTC()),
              new FileCheckJob(spark));
      Fsck.Result result = fsck.check((read, all) -> progressListener.say(progress(read, all)));
      if (repair) {
        fsck.repair(result);
      }
      return result;
    }
  }

  private static String progress(long read, long total) {
    return String.format(
        Locale.ROOT,
        "read %,d of %,d MB (%d %%)",
        read >> 20,
        total >> 20,
        100 * read / Math.max(1, total));
  }

  private void print(Console console, Finding finding) {
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

  private long left(Fsck.Result result) {
    return result.of(Severity.FAULT).stream().filter(fault -> !isRepaired(fault)).count();
  }

  private String summary(Fsck.Result result) {
    int faults = result.of(Severity.FAULT).size();
    return faults == 0
        ? "The store is whole"
        : "The store has %d faults, %d of them repaired".formatted(faults, faults - left(result));
  }

  private ExitCode exitCode(Fsck.Result result) {
    if (left(result) > 0) {
      return ExitCode.FAILED;
    }
    return result.of(Severity.FAULT).isEmpty() ? ExitCode.DONE : ExitCode.DONE_WITH_REFUSALS;
  }

  private JsonObject json(Settings settings, Fsck.Result result) {
    List<Finding> faults = result.of(Severity.FAULT);
    return new JsonObject()
        .with("store", settings.location().root())
        .with("files", result.files())
        .with("bytes", result.bytes())
        .with("faults", faults, this::json)
        .with("notes", result.of(Severity.NOTE), this::json)
        .with("left", left(result));
  }

  private JsonObject json(Finding finding) {
    return new JsonObject()
        .with("file", finding.file())
        .with("what", finding.what())
        .with("harm", finding.impact())
        .with("done", isRepaired(finding) ? finding.remedy().done() : Remedy.NONE.done());
  }
}
