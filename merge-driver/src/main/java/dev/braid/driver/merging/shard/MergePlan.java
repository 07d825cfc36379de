package dev.braid.driver.merging.shard;

import dev.braid.model.Blob;
import dev.braid.model.ElementType;
import dev.braid.model.TensorGroups;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.TaskRecord;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an executor must know to merge a shard.
 *
 * @param state the blobs of the version before, by their names in its record; none at first
 * @param old the tasks of the version before, in version order
 * @param earlier tasks whose deltas are unified before the new one, where there is no version to
 *     start from
 * @param later tasks whose deltas are unified behind the new one, likewise
 * @param step the number of this merge step, or of the one whose place the new task takes
 * @param delta the new task's delta
 */
public record MergePlan(
    MergeState mergeState,
    TensorGroups groups,
    SortedMap<String, Blob> state,
    List<OldTask> old,
    List<Other> earlier,
    List<Other> later,
    int step,
    Blob delta)
    implements Serializable {
  private static final int LARGEST_UINT8 = 255;

  /**
   * A task of the version before.
   *
   * @param planes its blobs, by their names in its record
   */
  public record OldTask(int step, List<Float> lambda, SortedMap<String, Blob> planes)
      implements Serializable {
    public OldTask {
      lambda = List.copyOf(lambda);
      planes = Collections.unmodifiableSortedMap(new TreeMap<>(planes));
    }
  }

  /**
   * A task that is merged anew.
   *
   * @param planes its blobs, by their names in its record
   */
  public record Other(Blob delta, SortedMap<String, Blob> planes) implements Serializable {
    public Other {
      planes = Collections.unmodifiableSortedMap(new TreeMap<>(planes));
    }
  }

  public MergePlan {
    state = Collections.unmodifiableSortedMap(new TreeMap<>(state));
    old = List.copyOf(old);
    earlier = List.copyOf(earlier);
    later = List.copyOf(later);
  }

  /** Whether other tasks' deltas are unified with the new one, instead of a version. */
  public boolean isFromScratch() {
    return !earlier.isEmpty() || !later.isEmpty();
  }

  /** The new task's index in version order. */
  public int place() {
    return old.size() + earlier.size();
  }

  /** The rescalers of the tasks of the version before. */
  public List<List<Float>> lambdas() {
    return old.stream().map(OldTask::lambda).toList();
  }

  /**
   * The blobs of the version before that the step reads: u follows from the sums, where they are.
   */
  public SortedMap<String, Blob> stateToRead() {
    SortedMap<String, Blob> blobs = new TreeMap<>(state);
    if (mergeState == MergeState.DELTAS) {
      blobs.remove(ModelRecord.UNIFIED);
    }
    return blobs;
  }

  /** The new version's state: names and elements of its blobs. */
  public SortedMap<String, ElementType> newState() {
    SortedMap<String, ElementType> blobs = new TreeMap<>();
    blobs.put(ModelRecord.UNIFIED, ElementType.FLOAT32);
    if (mergeState == MergeState.DECOUPLED) {
      ElementType steps = step <= LARGEST_UINT8 ? ElementType.UINT8 : ElementType.UINT16;
      blobs.put(ModelRecord.LAST_FLIP, steps);
    } else {
      blobs.put(ModelRecord.SUM, ElementType.FLOAT32);
      blobs.put(ModelRecord.HIGH, ElementType.FLOAT32);
      blobs.put(ModelRecord.LOW, ElementType.FLOAT32);
    }
    return blobs;
  }

  /** The new task's planes: names and elements of their blobs. */
  public SortedMap<String, ElementType> newPlanes() {
    List<String> names =
        mergeState == MergeState.DECOUPLED
            ? List.of(TaskRecord.BIRTH)
            : List.of(TaskRecord.NONZERO, TaskRecord.SIGN);
    SortedMap<String, ElementType> planes = new TreeMap<>();
    names.forEach(name -> planes.put(name, ElementType.BIT));
    return planes;
  }
}
