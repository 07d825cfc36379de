package dev.braid.driver.merging;

import dev.braid.driver.line.Line;
import dev.braid.driver.merging.shard.MergePlan;
import dev.braid.driver.merging.shard.MergePlan.OldTask;
import dev.braid.driver.merging.shard.MergePlan.Other;
import dev.braid.driver.merging.shard.ShardOutcome;
import dev.braid.jobs.stage.Provenance;
import dev.braid.model.Blob;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorGroups;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Receipt;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.Memo;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.ModelParser;
import dev.braid.store.json.TaskParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** Merges a trained delta into a version, behind its tasks or in the place of one of them. */
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
    this.store = StoreCache.at(location);
    this.shards = new ShardStage(spark, location);
    this.healths = new MergeHealths(store);
  }

  /**
   * Merges the task; the same step is done once.
   *
   * @param before the version to start from; one without tasks for the first step of a line
   * @throws RefusedTaskException if the delta cannot be merged
   */
  public Candidate run(ModelRecord before, TaskDraft task) {
    return memoised(inputs("before", before, task), () -> merge(before, task));
  }

  /**
   * Puts the task in the place of the one of its name, under truth {@code deltas}: all deltas are
   * unified anew, each read once, and the model is that of a line that saw this one in the other's
   * stead. The same is done once.
   *
   * @param before a version that has learned a task of this name
   * @throws RefusedTaskException if the delta cannot be merged with the others
   */
  public Candidate replace(ModelRecord before, TaskDraft task) {
    return memoised(inputs("in", before, task), () -> replaced(before, task));
  }

  private Candidate memoised(Digest inputs, Supplier<Map<String, Digest>> merge) {
    Receipt receipt =
        new Memo(store, STAGE, this::isWhole).get(inputs, merge, Provenance.start(spark)::finish);
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

  private static Digest inputs(String manner, ModelRecord before, TaskDraft task) {
    TaskRecord draft = task.record(new TreeMap<>(), List.of());
    return Digest.of(
        "%s %s\n%s %s\ntask %s\n"
            .formatted(
                STAGE,
                STAGE_VERSION,
                manner,
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

  private Map<String, Digest> merge(ModelRecord before, TaskDraft task) {
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
   * @throws RefusedTaskException if the last one cannot be merged with the others
   */
  public ModelRecord mergeAll(ModelRecord untaught, List<Digest> records) {
    Provenance provenance = Provenance.start(spark);
    int last = records.size() - 1;
    TaskDraft task = TaskDraft.of(store.records().task(records.get(last)));
    Map<String, Digest> written = unify(untaught, records.subList(0, last), last, task);
    Digest model = digest(written, CandidateWriter.MODEL);
    healths.note(model, digest(written, CandidateWriter.HEALTH), provenance.finish());
    return store.records().model(model);
  }

  private Map<String, Digest> replaced(ModelRecord before, TaskDraft task) {
    List<Digest> others = new ArrayList<>(before.tasks().stream().map(Learned::record).toList());
    int place = before.tasks().stream().map(Learned::task).toList().indexOf(task.task());
    Check.argument(place >= 0, "Cannot replace %s: the version has not learned it", task.task());
    others.remove(place);
    return unify(Line.withoutTasks(before), others, place, task);
  }

  /** Merges a task and others, from their own deltas alone, the task behind so many of them. */
  private Map<String, Digest> unify(
      ModelRecord untaught, List<Digest> records, int place, TaskDraft task) {
    Check.argument(
        untaught.mergeState() == MergeState.DELTAS,
        "Cannot merge tasks anew under truth %s: their deltas are not what it unifies",
        untaught.mergeState().label());
    List<TaskRecord> others = records.stream().map(store.records()::task).toList();
    List<Other> tasks =
        others.stream()
            .map(other -> new Other(store.blobs().get(other.delta()), blobs(other.planes())))
            .toList();
    MergePlan plan =
        new MergePlan(
            untaught.mergeState(),
            TensorGroups.of(untaught.space()),
            new TreeMap<>(),
            List.of(),
            tasks.subList(0, place),
            tasks.subList(place, tasks.size()),
            place + 1,
            delta(untaught.space(), task));
    ModelRecord before = untaught.withTasks(unmerged(records, others, place));
    return new CandidateWriter(store, before, others, plan)
        .write(task, shards.run(plan, before.space(), task.task()));
  }

  /**
   * The others in the order of their steps, one of which is left out; they have no rescalers yet.
   */
  private static List<Learned> unmerged(List<Digest> records, List<TaskRecord> others, int place) {
    List<Learned> learned = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      int step = i < place ? i + 1 : i + 2;
      learned.add(new Learned(others.get(i).task(), records.get(i), step, List.of(1f)));
    }
    return learned;
  }

  private static Digest digest(Map<String, Digest> written, String name) {
    return Objects.requireNonNull(written.get(name), name);
  }

  private MergePlan plan(ModelRecord before, List<TaskRecord> records, TaskDraft task) {
    if (before.learned(task.task()).isPresent()) {
      throw new RefusedTaskException(
          "Cannot merge task %s: the version has learned it already", task.task());
    }
    List<OldTask> old = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      Learned learned = before.tasks().get(i);
      old.add(new OldTask(learned.step(), learned.lambda(), blobs(records.get(i).planes())));
    }
    return new MergePlan(
        before.mergeState(),
        TensorGroups.of(before.space()),
        blobs(before.state()),
        old,
        List.of(),
        List.of(),
        old.isEmpty() ? 1 : old.get(old.size() - 1).step() + 1,
        delta(before.space(), task));
  }

  private Blob delta(ParameterSpace space, TaskDraft task) {
    Blob delta = store.blobs().get(task.delta());
    ShardCut cut = store.info().cut();
    if (!delta.space().equals(space.digest())) {
      throw new RefusedTaskException(
          "Cannot merge task %s: its delta lives in parameter space %s, this line in %s (another"
              + " base, another start of the adapter or other tensors); train it on this line",
          task.task(), delta.space().abbreviated(), space.digest().abbreviated());
    } else if (delta.element() != ElementType.FLOAT32) {
      throw new RefusedTaskException(
          "Cannot merge task %s: its delta holds %s values (float32); train it again",
          task.task(), delta.element().label());
    } else if (!delta.cut().equals(cut)) {
      throw new RefusedTaskException(
          "Cannot merge task %s: its delta is cut into shards of %s coordinates and rows of %s,"
              + " this store's vectors into %s and %s; train it again on this store",
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
