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
 * How long the stages took that a model rests on, as their receipts say.
 *
 * <p>Each is what a stage took from its start to its receipt, so what waited for a core counts, and
 * stages of tasks that were prepared at the same time overlap: the sum may exceed the wall time. Of
 * a stage that was killed it is the part of the run that ended it.
 */
final class StageSeconds {
  private final ModelStore store;

  StageSeconds(ModelStore store) {
    this.store = store;
  }

  /**
   * The seconds by stage; a stage without a receipt that tells is left out.
   *
   * @param steps the model after each merge step, the base's first
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
    steps.stream().skip(1).forEach(step -> models.add(store.records().put(step)));
    SortedMap<String, Double> seconds = new TreeMap<>();
    put(seconds, "ingest", Output.DATASET, datasets);
    put(seconds, "train", Output.DELTA, deltas);
    put(seconds, "prototypes", Output.PROTOTYPES, prototypes);
    put(seconds, "merge", Output.MODEL, models);
    return seconds;
  }

  /** Sums over the outputs, each counted with one receipt. */
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
