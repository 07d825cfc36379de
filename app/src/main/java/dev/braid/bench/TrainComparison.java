package dev.braid.bench;

import dev.braid.bench.Turns.Paired;
import dev.braid.store.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The result of a comparison with PyTorch; a ratio above 1 means that Braid's figure is higher. */
public final class TrainComparison {
  private final TrialModel model;
  private final int batch;
  private final int threads;
  private final String torch;
  private final Paired trained;
  private final Paired encoded;

  TrainComparison(
      TrialModel model, int batch, int threads, String torch, Paired trained, Paired encoded) {
    this.model = model;
    this.batch = batch;
    this.threads = threads;
    this.torch = torch;
    this.trained = trained;
    this.encoded = encoded;
  }

  /** The comparison as text. */
  public List<String> lines() {
    return List.of(
        "%s, batch %d, threads %d: Braid relative to PyTorch %s (median, minimum and maximum of 7 pairs)"
            .formatted(model, batch, threads, torch),
        "  training  throughput %s, peak memory %s"
            .formatted(trained.throughput(), twoDigits(trained.peakMemory())),
        "  encoding  throughput %s, peak memory %s"
            .formatted(encoded.throughput(), twoDigits(encoded.peakMemory())));
  }

  /** The comparison as JSON. */
  public JsonObject toJson() {
    return new JsonObject()
        .with("model", model)
        .with("batch", batch)
        .with("threads", threads)
        .with("torch", torch)
        .with("throughput_ratio", trained.throughput().median())
        .with("throughput_interval", trained.throughput().interval())
        .with("peak_memory_ratio", trained.peakMemory())
        .with("encode_throughput_ratio", encoded.throughput().median())
        .with("encode_throughput_interval", encoded.throughput().interval())
        .with("encode_peak_memory_ratio", encoded.peakMemory());
  }

  private static String twoDigits(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
