package dev.braid.bench;

import dev.braid.bench.Turns.Paired;
import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** What another kind of step costs, divided by what a full step in float32 costs. */
public final class StepComparison {
  private final StepKind kind;
  private final Trial trial;
  private final int threads;
  private final Ratio cpu;
  private final double peakMemory;

  StepComparison(StepKind kind, Trial trial, int threads, Paired paired) {
    this.kind = kind;
    this.trial = trial;
    this.threads = threads;
    this.cpu = paired.throughput().inverse();
    this.peakMemory = paired.peakMemory();
  }

  /** For people. */
  public List<String> lines() {
    return List.of(
        "%s, batch %d, threads %d: %s divided by the full step in float32 (median, smallest and largest of 7 pairs)"
            .formatted(trial.model(), trial.batch(), threads, kind.title()),
        String.format(Locale.ROOT, "  CPU time %s, peak memory %.2f", cpu, peakMemory));
  }

  /** For programs. */
  public JsonObject toJson() {
    return new JsonObject()
        .with("model", trial.model())
        .with("batch", trial.batch())
        .with("threads", threads)
        .with("step", kind.measured())
        .with("cpu_ratio", cpu.median())
        .with("cpu_interval", cpu.interval())
        .with("peak_memory_ratio", peakMemory);
  }
}
