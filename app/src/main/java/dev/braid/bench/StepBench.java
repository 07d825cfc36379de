package dev.braid.bench;

import java.io.IOException;
import java.util.function.Consumer;

/** Takes another kind of step side by side with the full one in float32. */
public final class StepBench {
  private final StepKind kind;
  private final Trial trial;
  private final int threads;
  private final Consumer<String> progress;

  /** A comparison; what it is doing goes to the progress. */
  public StepBench(
      StepKind kind, TrialModel model, int batch, int threads, Consumer<String> progress) {
    this.kind = kind;
    this.trial = new Trial(model, batch);
    this.threads = threads;
    this.progress = progress;
  }

  /** Compares. */
  public StepComparison compare() throws IOException {
    progress.accept("both sides warm up");
    try (Side other = Worker.start(kind.measured(), trial, threads);
        Side full = Worker.start(Measured.TRAIN, trial, threads)) {
      String title = kind.measured().toString();
      return new StepComparison(kind, trial, threads, Turns.of(title, other, full, progress));
    }
  }
}
