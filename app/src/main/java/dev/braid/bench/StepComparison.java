package dev.braid.bench;

import dev.braid.bench.Turns.Paired;
import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The cost of another kind of step relative to a full step in float32. */
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

  /** The comparison as text. */
  public List<String> lines() {
    return List.of(
        "%s, batch %d, threads %d: %s relative to the full step in float32 (median, minimum and maximum of 7 pairs)"
            .formatted(trial.model(), trial.batch(), threads, kind.title()),
        String.format(Locale.ROOT, "  CPU time %s, peak memory %.2f", cpu, peakMemory));
  }

  /** The comparison as JSON. */
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
