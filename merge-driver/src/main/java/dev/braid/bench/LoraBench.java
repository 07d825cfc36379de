package dev.braid.bench;

import java.io.IOException;
import java.util.function.Consumer;

/** Trains adapters side by side with the whole model. */
public final class LoraBench {
  private final Trial trial;
  private final int threads;
  private final Consumer<String> progress;

  /** A comparison; what it is doing goes to the progress. */
  public LoraBench(TrialModel model, int batch, int threads, Consumer<String> progress) {
    this.trial = new Trial(model, batch);
    this.threads = threads;
    this.progress = progress;
  }

  /** Compares. */
  public LoraComparison compare() throws IOException {
    progress.accept("both sides warm up");
    try (Side adapters = Worker.start(Measured.LORA, trial, threads);
        Side full = Worker.start(Measured.TRAIN, trial, threads)) {
      return new LoraComparison(trial, threads, Turns.of("lora", adapters, full, progress));
    }
  }
}
