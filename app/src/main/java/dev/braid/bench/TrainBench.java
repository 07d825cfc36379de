package dev.braid.bench;

import dev.braid.bench.Turns.Paired;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Compares training and encoding with the same model in PyTorch.
 *
 * <p>Each side runs in a separate process, so that its memory can be measured.
 */
public final class TrainBench {
  private static final double TOLERANCE = 1e-3;

  private final Trial trial;
  private final int threads;
  private final Consumer<String> progress;

  /** Creates a comparison that reports its progress. */
  public TrainBench(TrialModel model, int batch, int threads, Consumer<String> progress) {
    this.trial = new Trial(model, batch);
    this.threads = threads;
    this.progress = progress;
  }

  /** Compares with the PyTorch of this Python. */
  public TrainComparison compare(Python python) throws IOException {
    Path folder = Files.createTempDirectory("braid-bench");
    try {
      Path script = folder.resolve("train.py");
      try (InputStream in = TrainBench.class.getResourceAsStream("train.py")) {
        Files.copy(Objects.requireNonNull(in, "train.py"), script);
      }
      trial.write(folder);
      Paired trained = pairs(Measured.TRAIN, folder, python);
      Paired encoded = pairs(Measured.ENCODE, folder, python);
      return new TrainComparison(
          trial.model(), trial.batch(), threads, python.torchVersion(), trained, encoded);
    } finally {
      delete(folder);
    }
  }

  private Paired pairs(Measured measured, Path folder, Python python) throws IOException {
    progress.accept("%s: warming up both sides".formatted(measured));
    List<String> script =
        List.of(
            python.command(),
            folder.resolve("train.py").toString(),
            measured.toString(),
            folder.toString(),
            Integer.toString(threads));
    try (Side ours = Worker.start(measured, trial, threads);
        Side theirs = Side.start("PyTorch", script, Worker.environment(threads))) {
      checkSame(measured, ours.checks(), theirs.checks());
      return Turns.of(measured.toString(), ours, theirs, progress);
    }
  }

  static void checkSame(Measured measured, double[] ours, double[] theirs) {
    for (int i = 0; i < Trial.WARM_UP; i++) {
      if (!(Math.abs(ours[i] - theirs[i]) <= TOLERANCE * Math.max(1, Math.abs(theirs[i])))) {
        throw new IllegalStateException(
            "Cannot compare: %s gives %s here and %s with PyTorch"
                .formatted(measured, Arrays.toString(ours), Arrays.toString(theirs)));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
