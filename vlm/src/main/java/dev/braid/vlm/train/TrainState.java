package dev.braid.vlm.train;

import dev.braid.model.Check;
import java.util.List;

/**
 * The state that a training is resumed from: the number of steps done, and three vectors, each
 * flattened in the order of the trained tensors.
 *
 * <p>A live view of a {@link FineTuning}, read and written in pieces of any length, so that callers
 * need not hold a whole vector. Valid until the training is closed.
 */
public final class TrainState {
  private final List<Trained> tensors;
  private final long[] starts;
  private int step;

  TrainState(List<Trained> tensors) {
    this.tensors = List.copyOf(tensors);
    this.starts = new long[tensors.size() + 1];
    for (int i = 0; i < tensors.size(); i++) {
      starts[i + 1] = starts[i] + tensors.get(i).spec().size();
    }
  }

  /** The number of steps done so far, which is the number of the next step. */
  public int step() {
    return step;
  }

  /** Sets the number of steps after which the vectors that were copied in were saved. */
  public void resumeAt(int step) {
    Check.argument(step >= 0, "Invalid step: %s (0 or more)", step);
    this.step = step;
  }

  /** The length of each vector. */
  public long coordinates() {
    return starts[tensors.size()];
  }

  /** Copies length coordinates, from start on, to the beginning of the row. */
  public void copyOut(StateVector vector, long start, float[] row, int length) {
    forEachPiece(
        start,
        row,
        length,
        (tensor, from, offset, count) -> tensor.vector(vector).read(from, row, offset, count));
  }

  /** Copies length values from the beginning of the row to the coordinates from start on. */
  public void copyIn(StateVector vector, long start, float[] row, int length) {
    forEachPiece(
        start,
        row,
        length,
        (tensor, from, offset, count) -> tensor.vector(vector).write(from, row, offset, count));
  }

  private void forEachPiece(long start, float[] row, int length, Piece piece) {
    Check.argument(
        start >= 0 && length >= 0 && length <= row.length && start + length <= coordinates(),
        "Invalid range: %s coordinates from %s, row of %s (there are %s coordinates)",
        length,
        start,
        row.length,
        coordinates());
    long end = start + length;
    for (int i = 0; i < tensors.size(); i++) {
      long from = Math.max(start, starts[i]);
      long to = Math.min(end, starts[i + 1]);
      if (from < to) {
        piece.copy(
            tensors.get(i), (int) (from - starts[i]), (int) (from - start), (int) (to - from));
      }
    }
  }

  List<Trained> tensors() {
    return tensors;
  }

  /** Copies count elements of a tensor, starting at an index, to or from an offset in the row. */
  private interface Piece {
    void copy(Trained tensor, int from, int offset, int count);
  }
}
