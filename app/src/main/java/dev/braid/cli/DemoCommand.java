package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.demo.DemoFolder;
import dev.braid.demo.DemoPlan;
import dev.braid.demo.DemoRun;
import dev.braid.model.record.Version;
import dev.braid.store.commit.CommitConflictException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole chain on generated pictures. */
@Command(
    name = "demo",
    header = "Show the whole chain on generated pictures.",
    sortOptions = false,
    description = {
      "Shows the whole chain without any input: it draws the pictures of six domains, creates a"
          + " store with a tiny CLIP, learns the domains one after the other on an embedded Spark,"
          + " and prints each version's accuracies next to those of a control that fine-tunes one"
          + " model and forgets.",
      "",
      "After an interruption, run it again: it resumes where it stopped and ends with the same"
          + " model digest.",
      ""
    })
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "Fewer pictures and steps: at most two minutes.")
  boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to write the pictures, the store and the report (default: ${DEFAULT-VALUE}).")
  Path out = Path.of("braid-demo");

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException, CommitConflictException {
    DemoPlan plan = DemoPlan.of(options.settings(), quick ? "quick" : "full");
    DemoFolder folder = DemoFolder.open(out, plan.kind());
    Console console = options.console();
    DemoRun.Result result = new DemoRun(folder, plan, options.progress()).run();
    console.line("");
    result.report().lines().forEach(console::line);
    console.line("");
    result.line().head().version().ifPresent(head -> print(console, head));
    console.line("Where to look next:");
    console.line("  %s  these figures as JSON", folder.report());
    console.line("  braid log --store %s", folder.store());
    console.line("  braid show --store %s", folder.store());
    console.line("  braid init --help  start with your own CLIP");
    console.result(result.report().toJson());
    return RunCommand.exitCode(result.outcome()).code();
  }

  private static void print(Console console, Version head) {
    console.line("Version %d, model %s", head.number(), head.model());
  }
}
