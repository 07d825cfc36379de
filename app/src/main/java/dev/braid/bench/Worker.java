package dev.braid.bench;

import dev.braid.model.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the process for Braid's side of a comparison. */
final class Worker {
  private static final String NAME = "Braid";

  private Worker() {}

  /** Starts a process for this work, with a heap no larger than the work needs. */
  static Side start(Measured measured, Trial trial, int threads) throws IOException {
    Check.argument(threads > 0, "Invalid threads: %s (at least 1)", threads);
    List<String> command =
        List.of(
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
    return Side.start(NAME, command, environment(threads));
  }

  /** The environment that sets the number of threads on both sides. */
  static Map<String, String> environment(int threads) {
    return Map.of("OMP_NUM_THREADS", Integer.toString(threads));
  }
}
