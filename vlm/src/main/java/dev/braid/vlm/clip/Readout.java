package dev.braid.vlm.clip;

import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/** The one token of every sequence whose vector becomes the feature. */
final class Readout {
  private final Tensor rows;

  private Readout(Tensor rows) {
    this.rows = rows;
  }

  /** Reads sequence i, of the given length, at positions[i]. */
  static Readout at(Scope scope, int[] positions, int length) {
    long[] rows = new long[positions.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (long) i * length + positions[i];
    }
    return new Readout(scope.indices(rows, rows.length));
  }

  /** Of [sequences, length, width] the read tokens, as [sequences, 1, width]. */
  Tensor of(Tensor x) {
    int width = x.side(-1);
    return x.reshape(-1, width).rows(rows).reshape(-1, 1, width);
  }
}
