package dev.braid.driver.merging;

import dev.braid.model.Blob;
import dev.braid.model.ElementType;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.store.ModelStore;

/** Refuses deltas that do not fit a line's parameter space and the store's cut. */
final class DeltaCheck {
  private final ModelStore store;

  DeltaCheck(ModelStore store) {
    this.store = store;
  }

  /**
   * The blob of the task's delta.
   *
   * @throws RefusedTaskException if it cannot be merged in this space
   */
  Blob delta(ParameterSpace space, TaskDraft task) {
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
}
