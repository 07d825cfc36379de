package dev.braid.driver.shard;

import dev.braid.merge.DecoupledRow;
import dev.braid.merge.DecoupledRow.Birth;
import dev.braid.merge.DeltasState;
import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.model.Blob;
import dev.braid.model.ElementType;
import dev.braid.model.ModelRecord;
import dev.braid.model.TaskRecord;
import dev.braid.store.Blobs;
import dev.braid.store.RowBytes;
import dev.braid.store.ShardReader;
import dev.braid.store.file.Closing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reads the rows of all blobs that a merge step needs of one shard, side by side. */
final class ShardInputs implements AutoCloseable {
  private final MergePlan plan;
  private final Blobs blobs;
  private final int shard;
  private final List<ShardReader> opened = new ArrayList<>();
  private final Map<String, ShardReader> state;
  private final List<Map<String, ShardReader>> planes;
  private final ShardReader delta;

  ShardInputs(Blobs blobs, MergePlan plan, int shard) {
    this.blobs = blobs;
    this.plan = plan;
    this.shard = shard;
    try {
      this.delta = open(plan.delta());
      this.state = open(plan.stateToRead());
      this.planes = plan.old().stream().map(task -> open(task.planes())).toList();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Map<String, ShardReader> open(Map<String, Blob> named) {
    Map<String, ShardReader> readers = new TreeMap<>();
    named.forEach((name, blob) -> readers.put(name, open(blob)));
    return readers;
  }

  private ShardReader open(Blob blob) {
    ShardReader reader = blobs.open(blob, shard);
    opened.add(reader);
    return reader;
  }

  boolean hasRow() {
    return delta.hasRow();
  }

  /** The next row of the new task's delta. */
  float[] delta() {
    return RowBytes.floats(delta.readRow());
  }

  /** The next row of a version under truth {@code decoupled}. */
  DecoupledRow decoupled(int coordinates) {
    if (state.isEmpty()) {
      return DecoupledRow.empty(coordinates);
    }
    ElementType steps = Objects.requireNonNull(plan.state().get(ModelRecord.LAST_FLIP)).element();
    List<Birth> births = new ArrayList<>();
    for (int task = 0; task < planes.size(); task++) {
      births.add(new Birth(plan.old().get(task).step(), plane(task, TaskRecord.BIRTH)));
    }
    return new DecoupledRow(
        floats(ModelRecord.UNIFIED),
        RowBytes.steps(reader(state, ModelRecord.LAST_FLIP).readRow(), steps),
        births);
  }

  /** The next row of what a version under truth {@code deltas} keeps. */
  DeltasState deltas(int coordinates) {
    if (state.isEmpty()) {
      return DeltasState.empty(coordinates);
    }
    List<SignPlanes> signs = new ArrayList<>();
    for (int task = 0; task < planes.size(); task++) {
      signs.add(new SignPlanes(plane(task, TaskRecord.NONZERO), plane(task, TaskRecord.SIGN)));
    }
    return new DeltasState(
        floats(ModelRecord.SUM), floats(ModelRecord.HIGH), floats(ModelRecord.LOW), signs);
  }

  private float[] floats(String name) {
    return RowBytes.floats(reader(state, name).readRow());
  }

  private byte[] plane(int task, String name) {
    return RowBytes.bits(reader(planes.get(task), name).readRow());
  }

  private static ShardReader reader(Map<String, ShardReader> readers, String name) {
    return Objects.requireNonNull(readers.get(name), name);
  }

  @Override
  public void close() {
    Closing.all(opened.stream().<Runnable>map(reader -> reader::close).toList());
  }
}
