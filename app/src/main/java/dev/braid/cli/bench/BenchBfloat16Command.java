package dev.braid.cli.bench;

import dev.braid.bench.StepKind;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares training in bfloat16 with float32. */
@Command(
    name = "bfloat16",
    header = "Compare training in bfloat16 with float32.",
    sortOptions = false,
    description = {
      "Trains the same CLIP with braid.train.compute = bfloat16 and float32, in alternation, and"
          + " prints a step's CPU time and peak memory in bfloat16 relative to float32.",
      ""
    })
final class BenchBfloat16Command implements Callable<Integer> {
  @Mixin BenchOptions options = new BenchOptions();

  @Override
  public Integer call() throws IOException {
    return options.compare(StepKind.BFLOAT16);
  }
}
