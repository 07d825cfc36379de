package dev.braid.merge.blend;

import java.io.Serializable;
import java.util.OptionalDouble;

/** Blends several deltas into one, coordinate by coordinate. */
public interface Blend extends Serializable {
  /** The name and the settings; blends with the same label have the same results. */
  String label();

  /**
   * The share of each delta's entries that counts, the largest by magnitude over the whole delta;
   * empty if all entries count. {@link #merge} gets the smallest magnitude of this share.
   */
  default OptionalDouble largest() {
    return OptionalDouble.empty();
  }

  /**
   * Merges a row.
   *
   * @param deltas at least one, of the merged row's length, in the order of the tasks
   * @param least per delta the smallest magnitude that counts; 0 if all count
   * @param merged filled with the result
   */
  void merge(float[][] deltas, float[] least, float[] merged);
}
