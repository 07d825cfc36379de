package dev.braid.cli.bench;

import static java.util.Objects.requireNonNull;

import dev.braid.bench.StepBench;
import dev.braid.bench.StepComparison;
import dev.braid.bench.StepKind;
import dev.braid.bench.TrialModel;
import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.OutputOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every benchmark of a training step. */
final class BenchOptions {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      required = true,
      converter = ModelName.class,
      description = "tiny (batch 64, 64 names) or vit-b-16 (batch 4, 16 names).")
  @Nullable TrialModel model;

  @Option(names = "--batch", paramLabel = "N", description = "Pictures per step.")
  @Nullable Integer batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of each side (default: ${DEFAULT-VALUE}).")
  int threads = 1;

  @Mixin OutputOptions output = new OutputOptions();

  TrialModel model() {
    return requireNonNull(model, "model is null");
  }

  int batch() {
    return Optional.ofNullable(batch).orElse(model().batch());
  }

  /** Where the command prints. */
  Console console() {
    return output.console();
  }

  /** Compares a kind of step with the full one in float32 and prints the result. */
  int compare(StepKind kind) throws IOException {
    Console console = console();
    StepBench bench = new StepBench(kind, model(), batch(), threads, console::line);
    StepComparison comparison = bench.compare();
    comparison.lines().forEach(console::line);
    console.result(comparison.toJson());
    return ExitCode.DONE.code();
  }

  /** Parses a model's name. */
  static final class ModelName implements ITypeConverter<TrialModel> {
    @Override
    public TrialModel convert(String name) {
      return Arrays.stream(TrialModel.values())
          .filter(model -> model.toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException(sentence(name)));
    }

    private static String sentence(String name) {
      return Arrays.stream(TrialModel.values())
          .map(TrialModel::toString)
          .collect(Collectors.joining(", ", "'" + name + "' (one of ", ")"));
    }
  }
}
