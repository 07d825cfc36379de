package dev.braid.merge;

import java.util.OptionalInt;

/** The check of the values that enter and leave a merge: they must be finite. */
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
