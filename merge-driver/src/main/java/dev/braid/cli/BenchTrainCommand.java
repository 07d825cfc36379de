package dev.braid.cli;

import static java.util.Objects.requireNonNull;

import dev.braid.bench.Python;
import dev.braid.bench.TrainBench;
import dev.braid.bench.TrialModel;
import dev.braid.model.Check;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Trains the same model here and with PyTorch. */
@Command(
    name = "train",
    header = "Train the same model here and with PyTorch.",
    sortOptions = false,
    description = {
      "Trains the same CLIP with the same weights and batch here and with PyTorch, by turns, and"
          + " tells the ratios of throughput (by CPU time) and peak memory; then the same for"
          + " encoding pictures. Above 1: Braid's figure is higher.",
      "",
      "Needs a Python that has PyTorch; stops if the two sides do not compute the same.",
      ""
    })
final class BenchTrainCommand implements Callable<Integer> {
  private static final String PYTHON = "python3";

  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      required = true,
      converter = ModelName.class,
      description = "tiny (batch 64, 64 names) or vit-b-16 (batch 4, 16 names).")
  @Nullable TrialModel model;

  @Option(names = "--batch", paramLabel = "N", description = "Pictures of a step.")
  @Nullable Integer batch;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of either side (default: ${DEFAULT-VALUE}).")
  int threads = 1;

  @Option(
      names = "--python",
      paramLabel = "PATH",
      description = "A Python that has PyTorch (default: " + PYTHON + ").")
  @Nullable String python;

  @Option(names = "--json", description = "Make the last line of the output the result as JSON.")
  boolean json;

  @Option(names = "--verbose", description = "Show the stack trace of an error.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public Integer call() throws IOException {
    CommandLine command = requireNonNull(spec, "spec is null").commandLine();
    Console console = new Console(command.getOut(), command.getErr(), json);
    TrialModel chosen = requireNonNull(model, "model is null");
    Optional<Python> found = Python.find(Optional.ofNullable(python).orElse(PYTHON));
    Check.argument(
        found.isPresent(),
        "Cannot compare with PyTorch: %s cannot import torch (give --python PATH of one that can)",
        Optional.ofNullable(python).orElse(PYTHON));
    int pictures = Optional.ofNullable(batch).orElse(chosen.batch());
    TrainBench bench = new TrainBench(chosen, pictures, threads, console::line);
    var comparison = bench.compare(found.get());
    comparison.lines().forEach(console::line);
    console.result(comparison.toJson());
    return ExitCode.DONE.code();
  }

  /** Reads a model's name. */
  static final class ModelName implements ITypeConverter<TrialModel> {
    @Override
    public TrialModel convert(String name) {
      return Arrays.stream(TrialModel.values())
          .filter(model -> model.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' (one of %s)"
                          .formatted(
                              name,
                              Arrays.stream(TrialModel.values())
                                  .map(TrialModel::toString)
                                  .collect(Collectors.joining(", ")))));
    }
  }
}
