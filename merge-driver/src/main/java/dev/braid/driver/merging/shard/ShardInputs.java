package dev.braid.driver.merging.shard;

import dev.braid.merge.DecoupledRow;
import dev.braid.merge.DecoupledRow.InitialMask;
import dev.braid.merge.DeltasState;
import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.model.Blob;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.file.Closing;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.ShardStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Reads one shard of all blobs that a merge step needs, row by row in parallel.
 *
 * <p>The next row overwrites the arrays of the previous one. Results are valid only after the last
 * row of all blobs was read, or after {@link #check}: only then have all bytes been compared with
 * their digests.
 */
final class ShardInputs implements AutoCloseable {
  private final MergePlan plan;
  private final Blobs blobs;
  private final int shard;
  private final List<ShardStream> opened = new ArrayList<>();
  private final Map<String, ShardStream> state;
  private final List<Map<String, ShardStream>> planes;
  private final ShardStream delta;

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

  private Map<String, ShardStream> open(Map<String, Blob> named) {
    Map<String, ShardStream> streams = new TreeMap<>();
    named.forEach((name, blob) -> streams.put(name, open(blob)));
    return streams;
  }

  private ShardStream open(Blob blob) {
    ShardStream stream = blobs.stream(blob, shard);
    opened.add(stream);
    return stream;
  }

  boolean hasRow() {
    return delta.hasRow();
  }

  /** The next row of the new task's delta. */
  float[] delta() {
    return delta.floats();
  }

  /** The next row of a version under truth {@code decoupled}. */
  DecoupledRow decoupled(int coordinates) {
    if (state.isEmpty()) {
      return DecoupledRow.empty(coordinates);
    }
    List<InitialMask> initialMasks = new ArrayList<>();
    for (int task = 0; task < planes.size(); task++) {
      initialMasks.add(new InitialMask(plan.old().get(task).step(), plane(task, TaskRecord.BIRTH)));
    }
    return new DecoupledRow(
        floats(ModelRecord.UNIFIED), stream(state, ModelRecord.LAST_FLIP).steps(), initialMasks);
  }

  /** The next row of the state of a version under truth {@code deltas}. */
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
    return stream(state, name).floats();
  }

  private byte[] plane(int task, String name) {
    return stream(planes.get(task), name).bits();
  }

  private static ShardStream stream(Map<String, ShardStream> streams, String name) {
    return Objects.requireNonNull(streams.get(name), name);
  }

  /**
   * Reads the rest of all blobs, to distinguish a damaged file from a delta that cannot be merged.
   *
   * @throws dev.braid.store.object.CorruptObjectException if the bytes of a blob differ from its
   *     digest
   */
  void check() {
    opened.forEach(ShardStream::check);
  }

  @Override
  public void close() {
    Closing.all(opened.stream().<Runnable>map(stream -> stream::close).toList());
  }
}
