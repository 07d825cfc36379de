package dev.braid.store.expert;

import dev.braid.model.Decoupling;
import dev.braid.model.TensorGroups;
import dev.braid.store.file.Closing;
import dev.braid.store.vector.FloatRows;
import dev.braid.store.vector.MaskRows;
import dev.braid.store.vector.RowBytes;
import dev.braid.store.vector.RowReader;
import java.nio.FloatBuffer;
import java.util.List;

/** The rows of a task's decoupled delta: its rescaler times the masked unified delta. */
final class DecoupledRows implements FloatRows {
  private final RowReader unified;
  private final MaskRows mask;
  private final List<Float> lambda;
  private final TensorGroups groups;
  private long start;

  DecoupledRows(RowReader unified, MaskRows mask, List<Float> lambda, TensorGroups groups) {
    this.unified = unified;
    this.mask = mask;
    this.lambda = lambda;
    this.groups = groups;
  }

  @Override
  public boolean hasRow() {
    return unified.hasRow();
  }

  @Override
  public FloatBuffer readRow() {
    float[] row = RowBytes.floats(unified.readRow());
    List<TensorGroups.Run> runs = groups.runs(start, row.length);
    start += row.length;
    return FloatBuffer.wrap(Decoupling.decouple(row, mask.next(row), lambda, runs));
  }

  @Override
  public void close() {
    Closing.all(List.of(unified::close, mask::close));
  }
}
