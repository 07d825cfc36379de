package dev.braid.bench;

import dev.braid.model.Check;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Trains and encodes the same model side by side with PyTorch.
 *
 * <p>Each side is a process; they take turns, and the CPU time of a turn counts, so that what else
 * the machine does falls on both.
 */
public final class TrainBench {
  private static final int PAIRS = 7;
  private static final double SECONDS_OF_A_TURN = 2;
  private static final double TOLERANCE = 1e-3;
  private static final String OURS = "Braid";

  private final Trial trial;
  private final int threads;
  private final Consumer<String> progress;

  /** A comparison; what it is doing goes to the progress. */
  public TrainBench(TrialModel model, int batch, int threads, Consumer<String> progress) {
    Check.argument(batch > 0, "Invalid batch: %s (at least 1)", batch);
    Check.argument(threads > 0, "Invalid threads: %s (at least 1)", threads);
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
    progress.accept("%s: both sides warm up".formatted(measured));
    List<String> script =
        List.of(
            python.command(),
            folder.resolve("train.py").toString(),
            measured.toString(),
            folder.toString(),
            Integer.toString(threads));
    try (Side ours = Side.start(OURS, worker(measured), environment());
        Side theirs = Side.start("PyTorch", script, environment())) {
      checkSame(measured, ours.checks(), theirs.checks());
      int times = (int) Math.ceil(SECONDS_OF_A_TURN / Math.max(ours.seconds(1), 1e-3));
      double[] ratios = new double[PAIRS];
      for (int pair = 0; pair < PAIRS; pair++) {
        ratios[pair] = 1 / quotient(ours, theirs, times, pair % 2 == 0);
        progress.accept(
            "%s: pair %d of %d, throughput ratio %.2f"
                .formatted(measured, pair + 1, PAIRS, ratios[pair]));
      }
      double memory = (double) ours.peakBytes() / theirs.peakBytes();
      return new Paired(Ratio.of(ratios), memory);
    }
  }

  /** Our CPU time divided by theirs, one after the other. */
  private static double quotient(Side ours, Side theirs, int times, boolean oursFirst)
      throws IOException {
    if (oursFirst) {
      double seconds = ours.seconds(times);
      return seconds / theirs.seconds(times);
    }
    double seconds = theirs.seconds(times);
    return ours.seconds(times) / seconds;
  }

  static void checkSame(Measured measured, double[] ours, double[] theirs) {
    for (int i = 0; i < Trial.WARM_UP; i++) {
      if (!(Math.abs(ours[i] - theirs[i]) <= TOLERANCE * Math.max(1, Math.abs(theirs[i])))) {
        throw new IllegalStateException(
            "Cannot compare: to %s gives %s here and %s with PyTorch"
                .formatted(measured, Arrays.toString(ours), Arrays.toString(theirs)));
      }
    }
  }

  /** The command that starts Braid's side. */
  List<String> worker(Measured measured) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-Dai.djl.pytorch.num_threads=" + threads,
        "-cp",
        System.getProperty("java.class.path"),
        TrainWorker.class.getName(),
        measured.name(),
        trial.model().name(),
        Integer.toString(trial.batch()));
  }

  private Map<String, String> environment() {
    return Map.of("OMP_NUM_THREADS", Integer.toString(threads));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /**
   * What the pairs of turns gave.
   *
   * @param throughput ours divided by theirs
   * @param peakMemory ours divided by theirs
   */
  record Paired(Ratio throughput, double peakMemory) {}
}
