package dev.braid.driver.merging;

import dev.braid.driver.line.Line;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Output;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.TaskRecord;
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
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** Merges a trained delta into a version, as its last task or in place of one of its tasks. */
public final class MergeJob {
  /*
   * A map over shards, then the sum of a few doubles: shard i of every blob covers the same
   * coordinates, so a Spark task reads shard i of the version and of the delta and writes shard i
   * of the candidate. Nothing is shuffled; only digests and sums come back. The sums are added in
   * the order of the shards, so the bits depend on the store's cut alone.
   */
  private static final StageVersion STAGE = new StageVersion("merge", 1);

  private final JavaSparkContext spark;
  private final ModelStore store;
  private final MergeExecution execution;
  private final MergeHealths healths;

  public MergeJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.store = StoreCache.at(location);
    this.execution = new MergeExecution(spark, location, store);
    this.healths = new MergeHealths(store);
  }

  /**
   * Merges the task; the same step is executed once.
   *
   * @param before the version to start from; a model without tasks for the first step of a line
   * @throws RefusedTaskException if the delta cannot be merged
   */
  public Candidate run(ModelRecord before, TaskDraft task) {
    return memoised(inputs("before", before, task), () -> execution.step(before, task));
  }

  /**
   * Replaces the learned task of the same name, under truth {@code deltas}: all deltas are unified
   * from scratch, each one read once. The model is that of a line that learned this task instead.
   * The same replacement is executed once.
   *
   * @param before a version that has learned a task of this name
   * @throws RefusedTaskException if the delta cannot be merged with the others
   */
  public Candidate replace(ModelRecord before, TaskDraft task) {
    return memoised(inputs("in", before, task), () -> replaced(before, task));
  }

  private Map<Output, Digest> replaced(ModelRecord before, TaskDraft task) {
    List<Digest> others = new ArrayList<>(before.tasks().stream().map(Learned::record).toList());
    int place = before.tasks().stream().map(Learned::task).toList().indexOf(task.task());
    Check.argument(place >= 0, "Cannot replace %s: the version has not learned it", task.task());
    others.remove(place);
    return execution.fromScratch(Line.withoutTasks(before), others, place, task);
  }

  /**
   * Merges tasks from scratch, from their own deltas alone: the model of a line of truth {@code
   * deltas} that learned no other task. Every delta is read once, and no intermediate step is
   * written.
   *
   * @param empty the line's model without tasks
   * @param records at least one, in version order
   * @throws RefusedTaskException if the last one cannot be merged with the others
   */
  public ModelRecord mergeAll(ModelRecord empty, List<Digest> records) {
    Provenance provenance = Provenance.start(spark);
    int last = records.size() - 1;
    TaskDraft task = TaskDraft.of(store.records().task(records.get(last)));
    Map<Output, Digest> written =
        execution.fromScratch(empty, records.subList(0, last), last, task);
    Digest model = digest(written, Output.MODEL);
    healths.store(model, digest(written, Output.HEALTH), provenance.finish());
    return store.records().model(model);
  }

  private static Digest digest(Map<Output, Digest> written, Output output) {
    return Objects.requireNonNull(written.get(output), output.label());
  }

  /** The health of the merge that produced the model; empty if no merge of this job did. */
  public MergeHealth health(ModelRecord model) {
    return healths.of(model);
  }

  private Candidate memoised(Digest inputs, Supplier<Map<Output, Digest>> merge) {
    Receipt receipt =
        new Memo(store, STAGE.name(), this::isWhole)
            .get(inputs, merge, Provenance.start(spark)::finish);
    Digest model = receipt.output(Output.MODEL);
    Digest health = receipt.output(Output.HEALTH);
    healths.store(model, health, receipt.provenance());
    return new Candidate(model, store.records().model(model), healths.read(health));
  }

  private static Digest inputs(String manner, ModelRecord before, TaskDraft task) {
    TaskRecord draft = task.record(new TreeMap<>(), List.of());
    return Digest.of(
        "%s\n%s %s\ntask %s\n"
            .formatted(
                STAGE,
                manner,
                Digest.of(ModelParser.toJson(before.withoutRule())),
                Digest.of(TaskParser.toJson(draft))));
  }

  /** Whether the store has all blobs that a step wrote; they do not include older tasks' planes. */
  private boolean isWhole(Receipt receipt) {
    ModelRecord model = store.records().model(receipt.output(Output.MODEL));
    TaskRecord task = store.records().task(receipt.output(Output.TASK));
    return Stream.of(model.state(), task.planes())
        .flatMap(blobs -> blobs.values().stream())
        .allMatch(store.blobs()::contains);
  }
}
