package dev.braid.vlm.clip;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/** Selects the one token of every sequence whose vector becomes the feature. */
final class Readout {
  private final Tensor rows;

  private Readout(Tensor rows) {
    this.rows = rows;
  }

  /** Selects position positions[i] of sequence i; all sequences have the given length. */
  static Readout at(Scope scope, int[] positions, int length) {
    long[] rows = new long[positions.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (long) i * length + positions[i];
    }
    return new Readout(scope.indices(rows, rows.length));
  }

  /** The selected tokens [sequences, 1, width] of [sequences, length, width]. */
  Tensor of(Tensor x) {
    int width = x.side(-1);
    return x.reshape(-1, width).rows(rows).reshape(-1, 1, width);
  }
}
