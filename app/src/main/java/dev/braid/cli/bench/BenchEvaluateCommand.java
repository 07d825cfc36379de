package dev.braid.cli.bench;

import dev.braid.SparkContexts;
import dev.braid.bench.evaluate.EvaluateBench;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.GlobalOptions;
import dev.braid.settings.Settings;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how the cost of an evaluation grows with the number of tasks and versions. */
@Command(
    name = "evaluate",
    header = "Measure how an evaluation grows with tasks and versions.",
    sortOptions = false,
    description = {
      "Evaluates every version of a line on all its tasks, from made-up features: nothing is"
          + " trained or encoded. Prints the milliseconds per cell (one version on one test set)"
          + " under own-labels and union-labels, and the CPU time of the driver in them.",
      "",
      "It works in a separate folder next to the store, which it deletes.",
      ""
    })
final class BenchEvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--tasks",
      paramLabel = "N",
      split = ",",
      description =
          "The lengths of the lines, separated by commas; a line has as many versions as tasks"
              + " (default: ${DEFAULT-VALUE}).")
  List<Integer> tasks = List.of(10, 25, 50, 100);

  @Option(
      names = "--experts",
      paramLabel = "N",
      description =
          "Experts that answer a picture, in addition to the base (default: ${DEFAULT-VALUE}).")
  int experts = 1;

  @Mixin GlobalOptions options = new GlobalOptions();

  @Override
  public Integer call() throws IOException {
    Settings settings = options.settings();
    Console console = options.console();
    StoreLocation location =
        new StoreLocation(
            settings.location().root() + "-bench-" + UUID.randomUUID(),
            settings.location().options());
    try (JavaSparkContext spark = SparkContexts.open(settings)) {
      console.result(
          new EvaluateBench(spark, location, experts, console::line).measure(tasks).toJson());
    }
    return ExitCode.DONE.code();
  }
}
