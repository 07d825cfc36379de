package dev.braid.cli.bench;

import dev.braid.bench.StepKind;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares training adapters with training the whole model. */
@Command(
    name = "lora",
    header = "Compare training adapters with training the whole model.",
    sortOptions = false,
    description = {
      "Trains, in alternation, adapters of rank 64 on the MLPs and all weights of the same CLIP, and"
          + " prints a step's CPU time and peak memory with adapters relative to the full step.",
      ""
    })
final class BenchLoraCommand implements Callable<Integer> {
  @Mixin BenchOptions options = new BenchOptions();

  @Override
  public Integer call() throws IOException {
    return options.compare(StepKind.LORA);
  }
}
