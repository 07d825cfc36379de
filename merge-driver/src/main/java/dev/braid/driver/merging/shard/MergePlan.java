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
 * The input of an executor that merges a shard.
 *
 * @param state the blobs of the previous version, by their names in its record; empty at first
 * @param old the tasks of the previous version, in version order
 * @param earlier tasks whose deltas are unified before the new one, in a merge from scratch
 * @param later tasks whose deltas are unified after the new one, in a merge from scratch
 * @param step the number of this merge step, or of the replaced one
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
   * A task of the previous version.
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
   * A task that is merged from scratch.
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

  /**
   * Whether the deltas of other tasks are unified with the new one, instead of a version's state.
   */
  public boolean isFromScratch() {
    return !earlier.isEmpty() || !later.isEmpty();
  }

  /** The new task's index in version order. */
  public int place() {
    return old.size() + earlier.size();
  }

  /** The rescalers of the tasks of the previous version. */
  public List<List<Float>> lambdas() {
    return old.stream().map(OldTask::lambda).toList();
  }

  /**
   * The blobs of the previous version that the step reads: u follows from the sums if there are
   * any.
   */
  public SortedMap<String, Blob> stateToRead() {
    SortedMap<String, Blob> blobs = new TreeMap<>(state);
    if (mergeState == MergeState.DELTAS) {
      blobs.remove(ModelRecord.UNIFIED);
    }
    return blobs;
  }

  /** The names and element types of the new version's blobs. */
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

  /** The names and element types of the new task's planes. */
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
