package dev.braid.merge.blend;

import java.io.Serializable;
import java.util.OptionalDouble;

/** Makes one delta of several, coordinate by coordinate. */
public interface Blend extends Serializable {
  /** Name and settings: the same only for the same results. */
  String label();

  /**
   * The share of each delta's entries that counts, the largest by magnitude over the whole delta;
   * empty if all do. Whoever asks for it is told where it begins.
   */
  default OptionalDouble largest() {
    return OptionalDouble.empty();
  }

  /**
   * Merges a row.
   *
   * @param deltas at least one, of the merged row's length, in the order of the tasks
   * @param least per delta the smallest magnitude that counts; 0 where all do
   * @param merged is filled
   */
  void merge(float[][] deltas, float[] least, float[] merged);
}
