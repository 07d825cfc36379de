package dev.braid.merge;

import dev.braid.model.Bits;
import dev.braid.model.Decoupling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A row of a version under truth {@code deltas}: the one-shot merge of the original deltas, kept so
 * that a task can be added without reading an old one (METHODS 2.5).
 *
 * @param sums the deltas' sum S, added left to right in version order
 * @param highs the largest value H of a delta, at least 0
 * @param lows the smallest value L of a delta, at most 0
 * @param planes per task where its delta is not 0, and where it is negative
 */
@SuppressWarnings("ArrayRecordComponent") // rows are handed over once and never compared
public record DeltasRow(
    float[] unified, float[] sums, float[] highs, float[] lows, List<SignPlanes> planes)
    implements MergedRow {
  /** Where a task's delta is not 0, and where it is negative. */
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

  public DeltasRow {
    planes = Collections.unmodifiableList(planes);
  }

  /** A row before the first merge step. */
  public static DeltasRow empty(int coordinates) {
    return new DeltasRow(
        new float[coordinates],
        new float[coordinates],
        new float[coordinates],
        new float[coordinates],
        List.of());
  }

  /** A row whose {@code unified} follows from the sums and the extremes. */
  public static DeltasRow of(float[] sums, float[] highs, float[] lows, List<SignPlanes> planes) {
    float[] unified = new float[sums.length];
    for (int j = 0; j < unified.length; j++) {
      unified[j] = sums[j] > 0 ? highs[j] : lows[j];
    }
    return new DeltasRow(unified, sums, highs, lows, planes);
  }

  @Override
  public int tasks() {
    return planes.size();
  }

  @Override
  public byte[] mask(int task) {
    return Decoupling.maskOfSign(planes.get(task).nonzero(), planes.get(task).sign(), unified);
  }

  /** The merge step of one more task. */
  public RowStep<DeltasRow> merge(float[] delta, RowGroups groups) {
    DeltasRow merged = plus(delta);
    return new RowStep<>(merged, StepSums.of(merged, delta, List.of(), groups));
  }

  /** The row with one more task. */
  public DeltasRow plus(float[] delta) {
    float[] sum = sums.clone();
    float[] high = highs.clone();
    float[] low = lows.clone();
    for (int j = 0; j < delta.length; j++) {
      sum[j] += delta[j];
      // Comparisons and not Math.max and min: a delta's -0 must not replace +0.
      high[j] = delta[j] > high[j] ? delta[j] : high[j];
      low[j] = delta[j] < low[j] ? delta[j] : low[j];
    }
    List<SignPlanes> all = new ArrayList<>(planes);
    all.add(SignPlanes.of(delta));
    return of(sum, high, low, all);
  }
}
