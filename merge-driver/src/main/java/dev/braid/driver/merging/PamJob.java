package dev.braid.driver.merging;

import dev.braid.jobs.stage.Provenance;
import dev.braid.merge.blend.Blend;
import dev.braid.merge.blend.Interpolation;
import dev.braid.model.Digest;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StageVersion;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.ModelParser;
import dev.braid.store.json.TaskParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/** Averages a trained delta into the one model of a line of strategy "pam", each step once. */
public final class PamJob {
  /** The stage of every merge; the inputs tell this one from that of {@link MergeJob}. */
  private static final StageVersion STAGE = new StageVersion("merge", 1);

  private final JavaSparkContext spark;
  private final ModelStore store;
  private final BlendJob blend;

  public PamJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.store = StoreCache.at(location);
    this.blend = new BlendJob(spark, location);
  }

  /**
   * The candidate: of the first task its own delta, then (1 − weight) · the version's delta +
   * weight · the task's delta.
   *
   * @param before the version to start from; a model without tasks for the first task of a line
   * @throws RefusedTaskException if the version has learned the task
   */
  public Candidate run(ModelRecord before, TaskDraft task, float weight) {
    if (before.learned(task.task()).isPresent()) {
      throw RefusedTaskException.alreadyLearned(task.task());
    }
    Receipt receipt =
        new Memo(store, STAGE.name(), this::isWhole)
            .get(
                inputs(before, task),
                () -> average(before, task, new Interpolation(weight)),
                Provenance.start(spark)::finish);
    Digest model = receipt.output(Output.MODEL);
    return new Candidate(model, store.records().model(model), MergeHealth.NONE);
  }

  private static Digest inputs(ModelRecord before, TaskDraft task) {
    return Digest.of(
        "%s\naverage %s\ntask %s\n"
            .formatted(
                STAGE,
                Digest.of(ModelParser.toJson(before)),
                Digest.of(TaskParser.toJson(task.record(new TreeMap<>(), List.of())))));
  }

  private boolean isWhole(Receipt receipt) {
    return store
        .records()
        .model(receipt.output(Output.MODEL))
        .global()
        .filter(store.blobs()::contains)
        .isPresent();
  }

  private Map<Output, Digest> average(ModelRecord before, TaskDraft task, Blend average) {
    Digest global =
        before
            .global()
            .map(old -> blend.run(average, List.of(old, task.delta())))
            .orElse(task.delta());
    Digest record = store.records().put(task.record(new TreeMap<>(), List.of()));
    List<Learned> learned = new ArrayList<>(before.tasks());
    int step = learned.isEmpty() ? 1 : learned.get(learned.size() - 1).step() + 1;
    learned.add(new Learned(task.task(), record, step, List.of()));
    ModelRecord model = before.with(new TreeMap<>(Map.of(ModelRecord.GLOBAL, global)), learned);
    return Map.of(Output.TASK, record, Output.MODEL, store.records().put(model));
  }
}
