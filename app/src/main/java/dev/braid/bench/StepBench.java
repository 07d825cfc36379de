package dev.braid.bench;

import java.io.IOException;
import java.util.function.Consumer;

/** Compares another kind of training step with the full one in float32. */
public final class StepBench {
  private final StepKind kind;
  private final Trial trial;
  private final int threads;
  private final Consumer<String> progress;

  /** Creates a comparison that reports its progress. */
  public StepBench(
      StepKind kind, TrialModel model, int batch, int threads, Consumer<String> progress) {
    this.kind = kind;
    this.trial = new Trial(model, batch);
    this.threads = threads;
    this.progress = progress;
  }

  /** Runs the comparison. */
  public StepComparison compare() throws IOException {
    progress.accept("warming up both sides");
    try (Side other = Worker.start(kind.measured(), trial, threads);
        Side full = Worker.start(Measured.TRAIN, trial, threads)) {
      String title = kind.measured().toString();
      return new StepComparison(kind, trial, threads, Turns.of(title, other, full, progress));
    }
  }
}
