package dev.braid.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Benchmarks: side by side in one run, as ratios. */
@Command(
    name = "bench",
    header = "Measure Braid beside what others would use.",
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {
      BenchTrainCommand.class,
      BenchLoraCommand.class,
      BenchBfloat16Command.class,
      BenchMergeCommand.class,
      BenchStoreCommand.class,
      BenchStreamCommand.class,
      HelpCommand.class
    },
    description = {
      "Measures side by side in one run and tells ratios: times mean little on a busy machine.",
      ""
    })
public final class BenchCommand {}
