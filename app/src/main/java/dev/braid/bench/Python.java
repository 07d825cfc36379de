package dev.braid.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;

/** A Python that has PyTorch. */
public record Python(String command, String torchVersion) {
  private static final String PRINT_VERSION = "import torch; print(torch.__version__)";

  /** The Python at this command, if it can be started and has PyTorch. */
  public static Optional<Python> find(String command) {
    try {
      Process process =
          new ProcessBuilder(command, "-c", PRINT_VERSION).redirectError(Redirect.DISCARD).start();
      String version = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(new Python(command, version)) : Optional.empty();
    } catch (IOException e) { // the program does not exist
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "Cannot ask %s for PyTorch: interrupted".formatted(command), e);
    }
  }
}
