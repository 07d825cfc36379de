package dev.braid.driver.merging;

import dev.braid.driver.merging.shard.MergePlan;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.Output;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** Executes merges: plans them, merges their shards, and writes the records of the candidate. */
final class MergeExecution {
  private final ModelStore store;
  private final MergePlans plans;
  private final ShardStage shards;

  MergeExecution(JavaSparkContext spark, StoreLocation location, ModelStore store) {
    this.store = store;
    this.plans = new MergePlans(store);
    this.shards = new ShardStage(spark, location);
  }

  /** Merges a task with a version; the records are named as in {@link CandidateWriter}. */
  Map<Output, Digest> step(ModelRecord before, TaskDraft task) {
    List<TaskRecord> old =
        before.tasks().stream().map(learned -> store.records().task(learned.record())).toList();
    return execute(before, old, plans.step(before, old, task), task);
  }

  /**
   * Merges a task and others from their own deltas alone.
   *
   * @param empty the line's model without tasks
   * @param records digests of the records of all other tasks, in version order
   * @param place the index of the task among all tasks
   */
  Map<Output, Digest> fromScratch(
      ModelRecord empty, List<Digest> records, int place, TaskDraft task) {
    Check.argument(
        empty.mergeState() == MergeState.DELTAS,
        "Cannot merge tasks from scratch under truth %s: their deltas are not what it unifies",
        empty.mergeState().label());
    List<TaskRecord> others = records.stream().map(store.records()::task).toList();
    ModelRecord before = empty.withTasks(unmerged(records, others, place));
    return execute(before, others, plans.fromScratch(empty, others, place, task), task);
  }

  private Map<Output, Digest> execute(
      ModelRecord before, List<TaskRecord> others, MergePlan plan, TaskDraft task) {
    return new CandidateWriter(store, before, others, plan)
        .write(task, shards.run(plan, before.space(), task.task()));
  }

  /**
   * The others in the order of their steps, with a gap for the task; they have no rescalers yet.
   */
  private static List<Learned> unmerged(List<Digest> records, List<TaskRecord> others, int place) {
    List<Learned> learned = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      int step = i < place ? i + 1 : i + 2;
      learned.add(new Learned(others.get(i).task(), records.get(i), step, List.of(1f)));
    }
    return learned;
  }
}
