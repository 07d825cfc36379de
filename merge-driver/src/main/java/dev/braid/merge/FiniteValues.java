package dev.braid.merge;

import java.util.OptionalInt;

/** The door of the merge: a delta with NaN or an infinite value is refused, none comes out. */
public final class FiniteValues {
  private FiniteValues() {}

  /** The first coordinate whose value is NaN or infinite, if there is one. */
  public static OptionalInt firstOther(float[] row) {
    for (int j = 0; j < row.length; j++) {
      if (!Float.isFinite(row[j])) {
        return OptionalInt.of(j);
      }
    }
    return OptionalInt.empty();
  }
}
