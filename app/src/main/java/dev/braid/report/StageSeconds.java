package dev.braid.report;

import dev.braid.model.Digest;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The duration of the stages that contributed to a model, according to their receipts.
 *
 * <p>A duration runs from the start of a stage to its receipt. It includes waiting for a core, and
 * the stages of tasks prepared at the same time overlap, so the sum may exceed the wall time. For a
 * stage that was interrupted it covers only the run that completed it.
 */
final class StageSeconds {
  private final ModelStore store;

  StageSeconds(ModelStore store) {
    this.store = store;
  }

  /**
   * The seconds by stage; a stage whose receipts have no duration is omitted.
   *
   * @param steps the model after each merge step, the base first
   */
  SortedMap<String, Double> of(List<ModelRecord> steps) {
    Set<Digest> datasets = new HashSet<>();
    Set<Digest> deltas = new HashSet<>();
    Set<Digest> prototypes = new HashSet<>();
    for (ModelRecord.Learned learned : steps.get(steps.size() - 1).tasks()) {
      TaskRecord task = store.records().task(learned.record());
      datasets.add(task.dataset());
      deltas.add(task.delta());
      prototypes.add(task.prototypes());
    }
    Set<Digest> models = new HashSet<>();
    steps.stream().skip(1).forEach(step -> models.add(store.records().put(step.withoutRule())));
    SortedMap<String, Double> seconds = new TreeMap<>();
    put(seconds, "ingest", Output.DATASET, datasets);
    put(seconds, "train", Output.DELTA, deltas);
    put(seconds, "prototypes", Output.PROTOTYPES, prototypes);
    put(seconds, "merge", Output.MODEL, models);
    return seconds;
  }

  /** Sums over the outputs, counting one receipt for each. */
  private void put(
      SortedMap<String, Double> seconds, String stage, Output output, Set<Digest> outputs) {
    Duration sum = Duration.ZERO;
    for (Receipt receipt : store.receipts().all(stage)) {
      String duration = receipt.provenance().get("duration");
      if (duration != null && outputs.remove(receipt.output(output))) {
        sum = sum.plus(Duration.parse(duration));
      }
    }
    if (!sum.isZero()) {
      seconds.put(stage, sum.toMillis() / 1000.0);
    }
  }
}
