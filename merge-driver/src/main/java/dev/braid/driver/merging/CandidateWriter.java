package dev.braid.driver.merging;

import dev.braid.driver.merging.shard.MergePlan;
import dev.braid.driver.merging.shard.ShardOutcome;
import dev.braid.merge.GroupPeaks;
import dev.braid.merge.GroupSums;
import dev.braid.merge.Rescaling;
import dev.braid.merge.StepSums;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.TaskId;
import dev.braid.model.TensorGroups;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.figures.MergeHealth.OfDelta;
import dev.braid.model.figures.MergeHealth.OfTask;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Output;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Writes the records of a candidate from its merged shards. */
final class CandidateWriter {
  private final ModelStore store;
  private final ModelRecord before;
  private final List<TaskRecord> others;
  private final MergePlan plan;

  /**
   * A writer.
   *
   * @param before the model of the other tasks before the merge
   * @param others the records of the other tasks
   */
  CandidateWriter(ModelStore store, ModelRecord before, List<TaskRecord> others, MergePlan plan) {
    this.store = store;
    this.before = before;
    this.others = others;
    this.plan = plan;
  }

  /** Stores the records, and says where they are. */
  Map<Output, Digest> write(TaskDraft task, List<ShardOutcome.Merged> shards) {
    StepSums sums =
        shards.stream().map(ShardOutcome.Merged::sums).reduce(StepSums::plus).orElseThrow();
    List<GroupSums> stored =
        others.stream().map(TaskRecord::numerators).map(GroupSums::of).toList();
    List<Rescaling> rescalings = rescalings(sums.numerators(stored, plan.place()), sums);
    check(task.task(), rescalings, sums.peaks());
    Digest record = putTask(task, shards, sums.added());
    List<Learned> learned = learned(task.task(), record, rescalings);
    Map<Output, Digest> written = new EnumMap<>(Output.class);
    written.put(Output.TASK, record);
    written.put(Output.MODEL, putModel(shards, learned));
    written.put(Output.HEALTH, putHealth(learned, stored, sums));
    return written;
  }

  /**
   * Refuses a task of which nothing remains, or with which a rescaler times u exceeds float32: the
   * next step would detect that and refuse the wrong task.
   */
  private void check(TaskId task, List<Rescaling> rescalings, List<GroupPeaks> peaks) {
    if (rescalings.get(plan.place()).lost()) {
      throw new RefusedTaskException(
          "Cannot merge task %s: nowhere does its delta have the sign of the unified delta; train"
              + " it again with a larger learning rate",
          task);
    }
    List<TaskId> tasks = inOrder(before.tasks().stream().map(Learned::task).toList(), task);
    for (int i = 0; i < rescalings.size(); i++) {
      OptionalInt beyond = peaks.get(i).firstBeyond(rescalings.get(i).lambda());
      if (beyond.isPresent()) {
        throw new RefusedTaskException(
            "Cannot merge task %s: with it the rescaled delta of task %s is beyond float32 in %s;"
                + " train it again with a smaller learning rate",
            task, tasks.get(i), plan.groups().names().get(beyond.getAsInt()));
      }
    }
  }

  /** The values of all tasks in version order. */
  private <T> List<T> inOrder(List<T> others, T added) {
    List<T> all = new ArrayList<>(others);
    all.add(plan.place(), added);
    return all;
  }

  private List<Rescaling> rescalings(List<GroupSums> numerators, StepSums sums) {
    return IntStream.range(0, numerators.size())
        .mapToObj(
            i ->
                Rescaling.of(
                    before.rescalerKind(), plan.groups(), numerators.get(i), sums.left().get(i)))
        .toList();
  }

  private Digest putTask(TaskDraft task, List<ShardOutcome.Merged> shards, GroupSums numerators) {
    TaskRecord record = task.record(put(plan.newPlanes(), shards), numerators.toList());
    return store.records().put(record);
  }

  private List<Learned> learned(TaskId task, Digest record, List<Rescaling> rescalings) {
    Learned added = new Learned(task, record, plan.step(), rescalings.get(plan.place()).lambda());
    List<Learned> learned = new ArrayList<>();
    for (Learned each : inOrder(before.tasks(), added)) {
      List<Float> lambda = rescalings.get(learned.size()).lambda();
      learned.add(new Learned(each.task(), each.record(), each.step(), lambda));
    }
    return learned;
  }

  private Digest putModel(List<ShardOutcome.Merged> shards, List<Learned> learned) {
    ModelRecord model = before.with(put(plan.newState(), shards), learned);
    return store.records().put(model);
  }

  /**
   * Losses are computed from the tasks' own deltas; otherwise the next step would no longer see
   * them.
   */
  private Digest putHealth(List<Learned> learned, List<GroupSums> stored, StepSums sums) {
    List<Rescaling> ofDeltas = rescalings(inOrder(stored, sums.added()), sums);
    List<OfTask> health = new ArrayList<>();
    for (int i = 0; i < learned.size(); i++) {
      health.add(
          new OfTask(
              learned.get(i).task(),
              sums.covered().get(i),
              plan.delta().coordinates(),
              ofDeltas.get(i).lostGroups(),
              ofDeltas.get(i).lost()));
    }
    TaskId task = learned.get(plan.place()).task();
    return new MergeHealths(store)
        .put(new MergeHealth(health, Optional.of(added(task, stored, sums))));
  }

  private OfDelta added(TaskId task, List<GroupSums> stored, StepSums sums) {
    double[] sizes = stored.stream().mapToDouble(this::size).sorted().toArray();
    long disagreeing = sums.nonzero() - sums.covered().get(plan.place());
    TensorGroups groups = plan.groups();
    return new OfDelta(
        task,
        size(sums.added()),
        sizes.length == 0 ? Optional.empty() : Optional.of(sizes[sizes.length / 2]),
        disagreeing == 0 ? 0 : (double) disagreeing / sums.nonzero(),
        IntStream.range(0, groups.count())
            .filter(group -> sums.added().of(group) == 0)
            .mapToObj(groups.names()::get)
            .toList(),
        groups.count());
  }

  /** The mean magnitude per coordinate. */
  private double size(GroupSums sums) {
    return sums.toList().stream().mapToDouble(Double::doubleValue).sum()
        / plan.delta().coordinates();
  }

  private SortedMap<String, Digest> put(
      SortedMap<String, ElementType> elements, List<ShardOutcome.Merged> shards) {
    SortedMap<String, Digest> digests = new TreeMap<>();
    elements.forEach((name, element) -> digests.put(name, put(name, element, shards)));
    return digests;
  }

  private Digest put(String name, ElementType element, List<ShardOutcome.Merged> shards) {
    Blob like = plan.delta();
    List<Blob.Shard> files =
        shards.stream()
            .map(shard -> Objects.requireNonNull(shard.shards().get(name), name))
            .toList();
    return store
        .blobs()
        .put(new Blob(element, like.space(), like.coordinates(), like.cut(), files));
  }
}
