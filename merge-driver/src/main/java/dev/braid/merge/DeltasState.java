package dev.braid.merge;

import dev.braid.model.Bits;
import java.util.Collections;
import java.util.List;

/**
 * The state of a row under truth {@code deltas}, to which a task can be added without reading an
 * old delta (METHODS 2.5).
 *
 * @param sums the deltas' sum S, added left to right in version order
 * @param highs the largest value H of a delta, at least 0
 * @param lows the smallest value L of a delta, at most 0
 * @param planes the signs of each task's delta
 */
@SuppressWarnings("ArrayRecordComponent") // rows are passed on once and never compared
public record DeltasState(float[] sums, float[] highs, float[] lows, List<SignPlanes> planes) {
  /** The coordinates at which a task's delta is not 0, and at which it is negative. */
  @SuppressWarnings("ArrayRecordComponent") // as the row
  public record SignPlanes(byte[] nonzero, byte[] sign) {
    /** The planes of a delta. */
    public static SignPlanes of(float[] delta) {
      byte[] nonzero = Bits.row(delta.length);
      byte[] sign = Bits.row(delta.length);
      for (int j = 0; j < delta.length; j++) {
        if (delta[j] != 0) {
          Bits.set(nonzero, j);
        }
        if (delta[j] < 0) {
          Bits.set(sign, j);
        }
      }
      return new SignPlanes(nonzero, sign);
    }
  }

  public DeltasState {
    planes = Collections.unmodifiableList(planes);
  }

  /** A row before the first merge step. */
  public static DeltasState empty(int coordinates) {
    return new DeltasState(
        new float[coordinates], new float[coordinates], new float[coordinates], List.of());
  }

  /** The number of coordinates. */
  public int coordinates() {
    return sums.length;
  }
}
