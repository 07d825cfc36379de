package dev.braid.cli.bench;

import dev.braid.bench.Python;
import dev.braid.bench.TrainBench;
import dev.braid.bench.TrainComparison;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.model.Check;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares training here with PyTorch. */
@Command(
    name = "train",
    header = "Compare training with PyTorch.",
    sortOptions = false,
    description = {
      "Trains the same CLIP with the same weights and batch here and with PyTorch, in alternation,"
          + " and prints the ratios of throughput (by CPU time) and peak memory, then the same for"
          + " encoding pictures. A ratio above 1 means that Braid's figure is higher.",
      "",
      "Needs a Python that has PyTorch; stops if the two sides do not compute the same.",
      ""
    })
final class BenchTrainCommand implements Callable<Integer> {
  @Mixin BenchOptions options = new BenchOptions();

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description = "A Python that has PyTorch (default: ${DEFAULT-VALUE}).")
  String python = "python3";

  @Override
  public Integer call() throws IOException {
    Console console = options.console();
    Optional<Python> found = Python.find(python);
    Check.argument(
        found.isPresent(),
        "Cannot compare with PyTorch: %s cannot import torch (give --python PATH of one that can)",
        python);
    TrainBench bench =
        new TrainBench(options.model(), options.batch(), options.threads, console::line);
    TrainComparison comparison = bench.compare(found.orElseThrow());
    comparison.lines().forEach(console::line);
    console.result(comparison.toJson());
    return ExitCode.DONE.code();
  }
}
