package dev.braid.merge;

import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.model.Decoupling;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of a version under truth {@code deltas}: the one-shot merge of the original deltas,
 * computed step by step (METHODS 2.5).
 */
@SuppressWarnings("ArrayRecordComponent") // rows are passed on once and never compared
public record DeltasRow(float[] unified, DeltasState state) implements MergedRow {
  /** A row before the first merge step. */
  public static DeltasRow empty(int coordinates) {
    return new DeltasRow(new float[coordinates], DeltasState.empty(coordinates));
  }

  @Override
  public int tasks() {
    return state.planes().size();
  }

  @Override
  public byte[] mask(int task) {
    SignPlanes planes = state.planes().get(task);
    return Decoupling.maskOfSign(planes.nonzero(), planes.sign(), unified);
  }

  /** The merge step of one more task. */
  public RowStep<DeltasRow> merge(float[] delta, RowGroups groups) {
    DeltasRow merged = plus(delta);
    return new RowStep<>(merged, StepSums.of(merged, delta, List.of(), groups));
  }

  private DeltasRow plus(float[] delta) {
    float[] unified = new float[delta.length];
    float[] sums = state.sums().clone();
    float[] highs = state.highs().clone();
    float[] lows = state.lows().clone();
    for (int j = 0; j < delta.length; j++) {
      sums[j] += delta[j];
      // Not Math.max and min: a delta's -0 must not replace +0.
      highs[j] = delta[j] > highs[j] ? delta[j] : highs[j];
      lows[j] = delta[j] < lows[j] ? delta[j] : lows[j];
      unified[j] = sums[j] > 0 ? highs[j] : lows[j];
    }
    List<SignPlanes> planes = new ArrayList<>(state.planes());
    planes.add(SignPlanes.of(delta));
    return new DeltasRow(unified, new DeltasState(sums, highs, lows, planes));
  }
}
