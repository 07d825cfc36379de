package dev.braid.driver.merging;

import dev.braid.driver.merging.shard.MergePlan;
import dev.braid.driver.merging.shard.MergePlan.OldTask;
import dev.braid.driver.merging.shard.MergePlan.Other;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.TensorGroups;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.ModelStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds the plans of merges from stored records. */
final class MergePlans {
  private final ModelStore store;
  private final DeltaCheck deltaCheck;

  MergePlans(ModelStore store) {
    this.store = store;
    this.deltaCheck = new DeltaCheck(store);
  }

  /**
   * The plan of one more merge step.
   *
   * @param records of the tasks that the version has learned
   * @throws RefusedTaskException if the task cannot be merged
   */
  MergePlan step(ModelRecord before, List<TaskRecord> records, TaskDraft task) {
    if (before.learned(task.task()).isPresent()) {
      throw RefusedTaskException.alreadyLearned(task.task());
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
        deltaCheck.delta(before.space(), task));
  }

  /**
   * The plan of a merge of all deltas from scratch.
   *
   * @param empty the line's model without tasks
   * @param others the records of all other tasks, in version order
   * @param place the index of the task among all tasks
   * @throws RefusedTaskException if the task cannot be merged
   */
  MergePlan fromScratch(ModelRecord empty, List<TaskRecord> others, int place, TaskDraft task) {
    List<Other> tasks =
        others.stream()
            .map(other -> new Other(store.blobs().get(other.delta()), blobs(other.planes())))
            .toList();
    return new MergePlan(
        empty.mergeState(),
        TensorGroups.of(empty.space()),
        new TreeMap<>(),
        List.of(),
        tasks.subList(0, place),
        tasks.subList(place, tasks.size()),
        place + 1,
        deltaCheck.delta(empty.space(), task));
  }

  private SortedMap<String, Blob> blobs(SortedMap<String, Digest> digests) {
    SortedMap<String, Blob> blobs = new TreeMap<>();
    digests.forEach((name, digest) -> blobs.put(name, store.blobs().get(digest)));
    return blobs;
  }
}
