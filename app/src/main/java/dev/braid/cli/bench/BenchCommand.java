package dev.braid.cli.bench;

import dev.braid.cli.serve.BenchServeCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The benchmarks: each runs both sides in one process and prints ratios. */
@Command(
    name = "bench",
    header = "Benchmark Braid against the alternatives.",
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {
      BenchTrainCommand.class,
      BenchLoraCommand.class,
      BenchBfloat16Command.class,
      BenchMergeCommand.class,
      BenchStoreCommand.class,
      BenchEvaluateCommand.class,
      BenchRoutingCommand.class,
      BenchStreamCommand.class,
      BenchServeCommand.class,
      HelpCommand.class
    },
    description = {
      "Measures both sides in one run and prints ratios, because absolute times mean little on a"
          + " busy machine.",
      ""
    })
public final class BenchCommand {}
