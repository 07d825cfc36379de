package dev.braid.driver;

import dev.braid.driver.MergePlan.OldTask;
import dev.braid.jobs.Made;
import dev.braid.jobs.OpenStores;
import dev.braid.jobs.Provenance;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ModelRecord;
import dev.braid.model.ModelRecord.Learned;
import dev.braid.model.ParameterSpace;
import dev.braid.model.Receipt;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskRecord;
import dev.braid.model.TensorGroups;
import dev.braid.model.TensorSpec;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.json.ModelParser;
import dev.braid.store.json.TaskParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
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

  private static final String HEALTH_STAGE = "merge-health";

  /** Raised whenever the results change, so that receipts of before are not taken for new ones. */
  private static final int STAGE_VERSION = 1;

  private static final String JSON = "json";

  private final JavaSparkContext spark;
  private final StoreLocation location;
  private final ModelStore store;

  public MergeJob(JavaSparkContext spark, StoreLocation location) {
    this.spark = spark;
    this.location = location;
    this.store = OpenStores.at(location);
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
    noteHealth(receipt);
    return candidate(receipt);
  }

  /** What the merge that made the model had to say; nothing of a model that no merge here made. */
  public MergeHealth health(ModelRecord model) {
    return new Made(store, HEALTH_STAGE)
        .find(Digest.of(ModelParser.toJson(model)))
        .map(this::health)
        .orElse(MergeHealth.NONE);
  }

  /** Makes the health of a model findable by the model: it follows from the model alone. */
  private void noteHealth(Receipt merge) {
    var unused =
        new Made(store, HEALTH_STAGE)
            .record(
                merge.output(CandidateWriter.MODEL),
                Map.of(CandidateWriter.HEALTH, merge.output(CandidateWriter.HEALTH)),
                merge.provenance());
  }

  private MergeHealth health(Receipt receipt) {
    Digest health = receipt.output(CandidateWriter.HEALTH);
    return MergeHealthParser.fromJson(
        store.objects().read(health, JSON), store.objects().location(health, JSON));
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
    return new Candidate(model, store.records().model(model), health(receipt));
  }

  private Map<String, Digest> merge(ModelRecord before, NewTask task) {
    List<TaskRecord> old =
        before.tasks().stream().map(learned -> store.records().task(learned.record())).toList();
    MergePlan plan = plan(before, old, task);
    List<ShardOutcome.Merged> merged = merged(before.space(), task, outcomes(plan));
    return new CandidateWriter(store, before, old, plan).write(task, merged);
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

  private List<ShardOutcome> outcomes(MergePlan plan) {
    List<Integer> shards = IntStream.range(0, plan.delta().shards().size()).boxed().toList();
    return new Stage(spark, STAGE).map(shards, new MergeShard(location, plan));
  }

  private static List<ShardOutcome.Merged> merged(
      ParameterSpace space, NewTask task, List<ShardOutcome> outcomes) {
    List<ShardOutcome.Merged> merged = new ArrayList<>();
    for (ShardOutcome outcome : outcomes) {
      if (outcome instanceof ShardOutcome.NotFinite bad) {
        throw new RefusedDeltaException(
            "Cannot merge task %s: its delta is %s in %s; train it again with a smaller learning"
                + " rate",
            task.task(), bad.value(), place(space, bad.coordinate()));
      } else if (outcome instanceof ShardOutcome.Overflow overflow) {
        throw new RefusedDeltaException(
            "Cannot merge task %s: with its delta the unified delta is beyond float32 in %s; train"
                + " it again with a smaller learning rate",
            task.task(), place(space, overflow.coordinate()));
      } else if (outcome instanceof ShardOutcome.Merged good) {
        merged.add(good);
      }
    }
    return merged;
  }

  private static String place(ParameterSpace space, long coordinate) {
    long index = coordinate;
    for (TensorSpec tensor : space.tensors()) {
      if (index < tensor.size()) {
        return "tensor %s, element %s".formatted(tensor.name(), index);
      }
      index -= tensor.size();
    }
    throw new IllegalArgumentException("Invalid coordinate: " + coordinate);
  }
}
