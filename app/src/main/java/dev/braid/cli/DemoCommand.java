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

/** Shows the whole chain on drawn pictures. */
@Command(
    name = "demo",
    header = "See the whole chain on pictures it draws itself.",
    sortOptions = false,
    description = {
      "Shows the whole chain and needs nothing: it draws six domains, makes a store with a tiny"
          + " CLIP, learns the domains one after the other on an embedded Spark, and prints what"
          + " every version knows, beside a control that fine-tunes one model and forgets.",
      "",
      "Killed or run again, it goes on where it was and ends with the same model digest.",
      ""
    })
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "Fewer pictures and steps: at most two minutes.")
  boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where pictures, store and report go (default: ${DEFAULT-VALUE}).")
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
    result.line().head().version().ifPresent(head -> tell(console, head));
    console.line("Where to look next:");
    console.line("  %s  these figures as JSON", folder.report());
    console.line("  braid log --store %s", folder.store());
    console.line("  braid show --store %s", folder.store());
    console.line("  braid init --help  begin with your own CLIP");
    console.result(result.report().toJson());
    return RunCommand.exitCode(result.outcome()).code();
  }

  private static void tell(Console console, Version head) {
    console.line("Version %d, model %s", head.number(), head.model());
  }
}
