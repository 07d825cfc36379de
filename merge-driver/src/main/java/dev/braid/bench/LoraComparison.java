package dev.braid.bench;

import dev.braid.bench.Turns.Paired;
import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** What a step of adapters costs, divided by what a full step costs. */
public final class LoraComparison {
  private final Trial trial;
  private final int threads;
  private final Ratio cpu;
  private final double peakMemory;

  LoraComparison(Trial trial, int threads, Paired paired) {
    this.trial = trial;
    this.threads = threads;
    this.cpu = paired.throughput().inverse();
    this.peakMemory = paired.peakMemory();
  }

  /** For people. */
  public List<String> lines() {
    return List.of(
        "%s, batch %d, threads %d: adapters of rank %d on the MLPs divided by full training (median, smallest and largest of 7 pairs)"
            .formatted(trial.model(), trial.batch(), threads, Work.RANK),
        String.format(Locale.ROOT, "  CPU time %s, peak memory %.2f", cpu, peakMemory));
  }

  /** For programs. */
  public JsonObject toJson() {
    return new JsonObject()
        .with("model", trial.model())
        .with("batch", trial.batch())
        .with("threads", threads)
        .with("rank", Work.RANK)
        .with("cpu_ratio", cpu.median())
        .with("cpu_interval", cpu.interval())
        .with("peak_memory_ratio", peakMemory);
  }
}
