package dev.braid.cli;

import dev.braid.cli.terminal.Console;
import dev.braid.cli.terminal.ExitCode;
import dev.braid.cli.terminal.OutputOptions;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.device.DeviceCheck;
import dev.braid.vlm.device.DeviceCheck.Figure;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.tensor.Platform;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a GPU of this host against its CPU. */
@Command(
    name = "check-gpu",
    header = "Check that a GPU of this host computes the same as its CPU.",
    sortOptions = false,
    description = {
      "Trains two small generated CLIPs on both, in float32 and in bfloat16, and prints how far"
          + " apart the encodings, gradients, losses and learned weights are. Every executor runs"
          + " the same check before it first uses a GPU. docs/gpu.md describes what a host with a"
          + " GPU needs.",
      ""
    })
final class CheckGpuCommand implements Callable<Integer> {
  @Option(
      names = "--gpu",
      paramLabel = "N",
      description = "The GPU's index as CUDA counts (default: ${DEFAULT-VALUE}).")
  int gpu;

  @Mixin OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Console console = output.console();
    Device device = device();
    Platform.facts(device).forEach((name, value) -> console.line(name + " " + value));
    List<Figure> figures = DeviceCheck.compare(device);
    figures.forEach(figure -> console.line(figure.toString()));
    boolean agrees = figures.stream().allMatch(Figure::agrees);
    console.line(
        agrees
            ? device + " computes the same as the CPU."
            : device + " does not compute the same as the CPU and must not be used.");
    console.result(
        new JsonObject()
            .with("device", device.toString())
            .with("agrees", agrees)
            .with("figures", figures, CheckGpuCommand::json));
    return agrees ? ExitCode.DONE.code() : ExitCode.FAILED.code();
  }

  private Device device() {
    try {
      return Device.gpu(gpu);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "Cannot use GPU %s: %s (docs/gpu.md)".formatted(gpu, e.getMessage()), e);
    }
  }

  private static JsonObject json(Figure figure) {
    return new JsonObject()
        .with("name", figure.name())
        .with("distance", figure.distance())
        .with("most", figure.most());
  }
}
