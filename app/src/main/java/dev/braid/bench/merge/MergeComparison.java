package dev.braid.bench.merge;

import dev.braid.bench.Ratio;
import dev.braid.bench.merge.MergeTrial.Mode;
import dev.braid.store.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * The seconds of a merge and of its baselines.
 *
 * @param peakBytes the peak heap and direct memory, without inputs held in memory
 * @param torchPeakBytes the peak memory of PyTorch, without its inputs
 * @param tunedTorchPeakBytes the same with a tuned allocator
 */
public record MergeComparison(
    MergeTrial trial,
    List<Turn> turns,
    long bytesRead,
    long bytesWritten,
    long peakBytes,
    OptionalLong torchPeakBytes,
    OptionalLong tunedTorchPeakBytes) {
  private static final long MEGA = 1_000_000;

  public MergeComparison {
    turns = List.copyOf(turns);
  }

  /** The comparison as text. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s of %d tasks, truth %s, from %s, %d threads: %.2f s (median of %d rounds)",
            trial.mode() == Mode.ONE_SHOT ? "one-shot merge" : "merge step",
            trial.tasks(),
            trial.mergeState().label(),
            trial.from().toString().toLowerCase(Locale.ROOT),
            trial.threads(),
            median(Turn::merge),
            turns.size()));
    add(lines, "the simplest loops take %s times as long", ratio(Turn::plain, true));
    add(lines, "it takes %s times as long as summing alone", ratio(Turn::sum, false));
    add(
        lines,
        "it takes %s times as long as plain files of the same bytes",
        ratio(Turn::files, false));
    add(lines, "it takes %s times their CPU time", cpuRatio());
    add(lines, "PyTorch takes %s times as long", ratio(Turn::torch, true));
    addPeak(lines, torchPeakBytes);
    add(
        lines,
        "PyTorch with MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=-1 takes %s times as long",
        ratio(Turn::tunedTorch, true));
    addPeak(lines, tunedTorchPeakBytes);
    lines.add(
        "  %d MB read, %d MB written, at most %d MB of memory"
            .formatted(bytesRead / MEGA, bytesWritten / MEGA, peakBytes / MEGA));
    return lines;
  }

  private static void addPeak(List<String> lines, OptionalLong torchPeakBytes) {
    torchPeakBytes.ifPresent(
        bytes ->
            lines.add(
                "  PyTorch used at most %d MB in addition to its inputs".formatted(bytes / MEGA)));
  }

  private static void add(List<String> lines, String text, double[] ratios) {
    if (ratios.length > 0) {
      lines.add("  " + text.formatted(Ratio.of(ratios)));
    }
  }

  /** For every round that measured the side, its time divided by the merge's, or the inverse. */
  private double[] ratio(ToDoubleFunction<Turn> side, boolean isSideFirst) {
    return turns.stream()
        .filter(turn -> side.applyAsDouble(turn) > 0)
        .mapToDouble(turn -> side.applyAsDouble(turn) / turn.merge())
        .map(ratio -> isSideFirst ? ratio : 1 / ratio)
        .toArray();
  }

  private double[] cpuRatio() {
    return turns.stream()
        .filter(turn -> turn.files() > 0)
        .mapToDouble(turn -> turn.mergeCpu() / turn.filesCpu())
        .toArray();
  }

  private double median(ToDoubleFunction<Turn> side) {
    double[] seconds =
        turns.stream().mapToDouble(side).filter(value -> value > 0).sorted().toArray();
    return seconds.length == 0 ? 0 : seconds[seconds.length / 2];
  }

  /** The comparison as JSON; a side that was not measured is null. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .with("mode", trial.mode() == Mode.ONE_SHOT ? "one-shot" : "step")
            .with("truth", trial.mergeState().label())
            .with("from", trial.from().toString().toLowerCase(Locale.ROOT))
            .with("coordinates", trial.coordinates())
            .with("tasks", trial.tasks())
            .with("threads", trial.threads())
            .with("seconds", median(Turn::merge));
    with(json, "plain_seconds", Turn::plain);
    with(json, "sum_seconds", Turn::sum);
    with(json, "io_seconds", Turn::files);
    with(json, "cpu_seconds", Turn::mergeCpu);
    with(json, "io_cpu_seconds", turn -> turn.files() > 0 ? turn.filesCpu() : 0);
    with(json, "torch_seconds", Turn::torch);
    torchPeakBytes.ifPresent(bytes -> json.with("torch_peak_bytes", bytes));
    with(json, "tuned_torch_seconds", Turn::tunedTorch);
    tunedTorchPeakBytes.ifPresent(bytes -> json.with("tuned_torch_peak_bytes", bytes));
    return json.with("bytes_read", bytesRead)
        .with("bytes_written", bytesWritten)
        .with("peak_bytes", peakBytes);
  }

  private void with(JsonObject json, String name, ToDoubleFunction<Turn> side) {
    double seconds = median(side);
    var unused = seconds == 0 ? json.withNull(name) : json.with(name, seconds);
  }
}
