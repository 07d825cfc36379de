package dev.braid.driver.merging.shard;

import dev.braid.merge.DecoupledRow;
import dev.braid.merge.DeltasRow;
import dev.braid.merge.DeltasState;
import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.merge.MergedRow;
import dev.braid.model.Blob;
import dev.braid.model.ElementType;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.TaskRecord;
import dev.braid.store.file.Closing;
import dev.braid.store.vector.Blobs;
import dev.braid.store.vector.RowBuffer;
import dev.braid.store.vector.RowBytes;
import dev.braid.store.vector.ShardWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes one shard of all blobs that a merge step produces, row by row in parallel. */
final class ShardOutputs implements AutoCloseable {
  private final SortedMap<String, ElementType> elements = new TreeMap<>();
  private final SortedMap<String, ShardWriter> writers = new TreeMap<>();

  /** Shared by all blobs: a writer no longer needs a row's bytes after it returns. */
  private final RowBuffer rows = new RowBuffer();

  ShardOutputs(Blobs blobs, MergePlan plan, int shard) {
    elements.putAll(plan.newState());
    elements.putAll(plan.newPlanes());
    Blob like = plan.delta();
    try {
      elements.forEach(
          (name, element) ->
              writers.put(name, blobs.shardWriter(element, like.cut(), shard, like.coordinates())));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Writes the row of the version and the planes of its last task, the new one. */
  void write(MergedRow row) {
    write(ModelRecord.UNIFIED, rows.of(row.unified()));
    if (row instanceof DecoupledRow decoupled) {
      ElementType steps = Objects.requireNonNull(elements.get(ModelRecord.LAST_FLIP));
      write(ModelRecord.LAST_FLIP, rows.of(decoupled.lastFlips(), steps));
      write(TaskRecord.BIRTH, RowBytes.of(last(decoupled.initialMasks()).plane()));
    } else if (row instanceof DeltasRow deltas) {
      DeltasState state = deltas.state();
      write(ModelRecord.SUM, rows.of(state.sums()));
      write(ModelRecord.HIGH, rows.of(state.highs()));
      write(ModelRecord.LOW, rows.of(state.lows()));
      SignPlanes planes = last(state.planes());
      write(TaskRecord.NONZERO, RowBytes.of(planes.nonzero()));
      write(TaskRecord.SIGN, RowBytes.of(planes.sign()));
    }
  }

  private static <T> T last(List<T> tasks) {
    return tasks.get(tasks.size() - 1);
  }

  private void write(String name, ByteBuffer row) {
    Objects.requireNonNull(writers.get(name), name).write(row);
  }

  /** Moves all files into place. */
  SortedMap<String, Blob.Shard> finish() {
    return Blobs.finish(writers);
  }

  @Override
  public void close() {
    Closing.all(writers.values().stream().<Runnable>map(writer -> writer::close).toList());
  }
}
