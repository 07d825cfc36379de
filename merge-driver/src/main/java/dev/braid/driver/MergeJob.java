package dev.braid.driver;

import dev.braid.driver.shard.MergePlan;
import dev.braid.driver.shard.MergePlan.OldTask;
import dev.braid.driver.shard.ShardOutcome;
import dev.braid.jobs.Made;
import dev.braid.jobs.OpenStores;
import dev.braid.jobs.Provenance;
import dev.braid.model.Blob;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ModelRecord;
import dev.braid.model.ModelRecord.Learned;
import dev.braid.model.ParameterSpace;
import dev.braid.model.Receipt;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskRecord;
import dev.braid.model.TensorGroups;
import dev.braid.model.Truth;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.ModelParser;
import dev.braid.store.json.TaskParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** The merge step of one task: a candidate from a version and a trained delta. */
public final class MergeJob {
  /*
   * A map over shards, then the sum of a few doubles: shard i of every blob covers the same
   * coordinates, so a Spark task reads shard i of the version and of the delta and writes shard i
   * of the candidate. Nothing is shuffled, nothing but digests and sums comes back. The sums are
   * added in the order of the shards, so the bits depend on the store's cut alone.
   */
  private static final String STAGE = "merge";

  /** Raised whenever the results change, so that receipts of before are not taken for new ones. */
  private static final int STAGE_VERSION = 1;

  private final JavaSparkContext spark;
  private final ModelStore store;
  private final ShardStage shards;
  private final MergeHealths healths;

  public MergeJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.store = OpenStores.at(location);
    this.shards = new ShardStage(spark, location);
    this.healths = new MergeHealths(store);
  }

  /**
   * Merges the task; the same step is done once.
   *
   * @param before the version to start from; one without tasks for the first step of a line
   * @throws RefusedDeltaException if the delta cannot be merged
   */
  public Candidate run(ModelRecord before, NewTask task) {
    Digest inputs = inputs(before, task);
    Receipt receipt =
        new Made(store, STAGE, this::isWhole)
            .get(inputs, () -> merge(before, task), Provenance.start(spark)::finish);
    healths.note(
        receipt.output(CandidateWriter.MODEL),
        receipt.output(CandidateWriter.HEALTH),
        receipt.provenance());
    return candidate(receipt);
  }

  /** What the merge that made the model had to say; nothing of a model that no merge here made. */
  public MergeHealth health(ModelRecord model) {
    return healths.of(model);
  }

  private static Digest inputs(ModelRecord before, NewTask task) {
    TaskRecord draft = task.record(new TreeMap<>(), List.of());
    return Digest.of(
        "%s %s\nbefore %s\ntask %s\n"
            .formatted(
                STAGE,
                STAGE_VERSION,
                Digest.of(ModelParser.toJson(before)),
                Digest.of(TaskParser.toJson(draft))));
  }

  /** Whether the blobs that a step made are there; old tasks' planes are not among them. */
  private boolean isWhole(Receipt receipt) {
    ModelRecord model = store.records().model(receipt.output(CandidateWriter.MODEL));
    TaskRecord task = store.records().task(receipt.output(CandidateWriter.TASK));
    return Stream.of(model.state(), task.planes())
        .flatMap(blobs -> blobs.values().stream())
        .allMatch(store.blobs()::contains);
  }

  private Candidate candidate(Receipt receipt) {
    Digest model = receipt.output(CandidateWriter.MODEL);
    return new Candidate(
        model, store.records().model(model), healths.read(receipt.output(CandidateWriter.HEALTH)));
  }

  private Map<String, Digest> merge(ModelRecord before, NewTask task) {
    List<TaskRecord> old =
        before.tasks().stream().map(learned -> store.records().task(learned.record())).toList();
    MergePlan plan = plan(before, old, task);
    List<ShardOutcome.Merged> merged = shards.run(plan, before.space(), task.task());
    return new CandidateWriter(store, before, old, plan).write(task, merged);
  }

  /**
   * Merges tasks anew, from their own deltas alone: the model of a line of truth {@code deltas}
   * that never saw any other. Every delta is read once, and nothing is written of the steps in
   * between.
   *
   * @param untaught the line's model without tasks
   * @param records at least one, in version order
   * @throws RefusedDeltaException if the last one cannot be merged with the others
   */
  public ModelRecord again(ModelRecord untaught, List<Digest> records) {
    Check.argument(
        untaught.truth() == Truth.DELTAS,
        "Cannot merge tasks anew under truth %s: their deltas are not what it unifies",
        untaught.truth().label());
    List<TaskRecord> tasks = records.stream().map(store.records()::task).toList();
    NewTask last = NewTask.of(tasks.get(tasks.size() - 1));
    List<TaskRecord> old = tasks.subList(0, tasks.size() - 1);
    List<Blob> earlier = old.stream().map(task -> store.blobs().get(task.delta())).toList();
    ModelRecord before = unmerged(untaught, records.subList(0, old.size()), old);
    MergePlan plan =
        new MergePlan(
            before.truth(),
            TensorGroups.of(before.space()),
            new TreeMap<>(),
            List.of(),
            earlier,
            tasks.size(),
            delta(before.space(), last));
    Provenance provenance = Provenance.start(spark);
    Map<String, Digest> written =
        new CandidateWriter(store, before, old, plan)
            .write(last, shards.run(plan, before.space(), last.task()));
    Digest model = digest(written, CandidateWriter.MODEL);
    healths.note(model, digest(written, CandidateWriter.HEALTH), provenance.finish());
    return store.records().model(model);
  }

  /** The tasks in the order of their steps; their rescalers come of the last step. */
  private static ModelRecord unmerged(
      ModelRecord untaught, List<Digest> records, List<TaskRecord> tasks) {
    List<Learned> learned = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      learned.add(new Learned(tasks.get(i).task(), records.get(i), i + 1, List.of(1f)));
    }
    return untaught.withTasks(learned);
  }

  private static Digest digest(Map<String, Digest> written, String name) {
    return Objects.requireNonNull(written.get(name), name);
  }

  private MergePlan plan(ModelRecord before, List<TaskRecord> records, NewTask task) {
    if (before.learned(task.task()).isPresent()) {
      throw new RefusedDeltaException(
          "Cannot merge task %s: the version has learned it already", task.task());
    }
    List<OldTask> old = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      Learned learned = before.tasks().get(i);
      old.add(new OldTask(learned.step(), learned.lambda(), blobs(records.get(i).planes())));
    }
    return new MergePlan(
        before.truth(),
        TensorGroups.of(before.space()),
        blobs(before.state()),
        old,
        List.of(),
        old.isEmpty() ? 1 : old.get(old.size() - 1).step() + 1,
        delta(before.space(), task));
  }

  private Blob delta(ParameterSpace space, NewTask task) {
    Blob delta = store.blobs().get(task.delta());
    ShardCut cut = store.info().cut();
    if (!delta.space().equals(space.digest())) {
      throw new RefusedDeltaException(
          "Cannot merge task %s: its delta lives in parameter space %s, this line in %s (another"
              + " base, another start of the adapter or other tensors); train it on this line",
          task.task(), delta.space().abbreviated(), space.digest().abbreviated());
    } else if (delta.element() != ElementType.FLOAT32) {
      throw new RefusedDeltaException(
          "Cannot merge task %s: its delta holds %s values (float32); train it again",
          task.task(), delta.element().label());
    } else if (!delta.cut().equals(cut)) {
      throw new RefusedDeltaException(
          "Cannot merge task %s: its delta is cut into shards of %s coordinates and rows of %s, this"
              + " store's vectors into %s and %s; train it again on this store",
          task.task(),
          delta.cut().shardLength(),
          delta.cut().rowLength(),
          cut.shardLength(),
          cut.rowLength());
    }
    return delta;
  }

  private SortedMap<String, Blob> blobs(SortedMap<String, Digest> digests) {
    SortedMap<String, Blob> blobs = new TreeMap<>();
    digests.forEach((name, digest) -> blobs.put(name, store.blobs().get(digest)));
    return blobs;
  }
}
