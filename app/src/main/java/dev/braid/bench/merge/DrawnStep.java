package dev.braid.bench.merge;

import dev.braid.bench.merge.MergeTrial.Row;
import dev.braid.merge.DecoupledRow;
import dev.braid.merge.DecoupledRow.InitialMask;
import dev.braid.merge.DeltasRow;
import dev.braid.merge.DeltasState;
import dev.braid.merge.DeltasState.SignPlanes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The state before a merge step, drawn at random instead of merged: half of every birth plane is
 * set, and a quarter of the coordinates have flipped.
 */
final class DrawnStep {
  private static final int DELTA = 0;
  private static final int UNIFIED = -1;
  private static final int HIGH = -2;
  private static final int LOW = -3;
  private static final int FLIPS = -4;
  private static final int NONZERO = 1 << 20;
  private static final int SIGN = 2 << 20;

  private final int old;

  DrawnStep(MergeTrial trial) {
    this.old = trial.tasks() - 1;
  }

  /** The number of tasks before the step. */
  int old() {
    return old;
  }

  List<List<Float>> lambdas() {
    return IntStream.range(0, old).mapToObj(task -> List.of(1 + task / 1024f)).toList();
  }

  float[] delta(Row row) {
    return Draw.delta(DELTA, row.start(), row.length());
  }

  float[] unified(Row row) {
    return Draw.delta(UNIFIED, row.start(), row.length());
  }

  float[] highs(Row row) {
    return magnitudes(HIGH, row, 1);
  }

  float[] lows(Row row) {
    return magnitudes(LOW, row, -1);
  }

  private static float[] magnitudes(int seed, Row row, int sign) {
    float[] values = Draw.delta(seed, row.start(), row.length());
    for (int j = 0; j < values.length; j++) {
      values[j] = sign * Math.abs(values[j]) + 0f;
    }
    return values;
  }

  int[] flips(Row row) {
    return Draw.flips(FLIPS, row.start(), row.length(), old);
  }

  byte[] birth(int task, Row row) {
    return Draw.plane(1 + task, row.start(), row.length());
  }

  byte[] nonzero(int task, Row row) {
    byte[] plane = Draw.plane(NONZERO + task, row.start(), row.length());
    byte[] sign = sign(task, row);
    for (int i = 0; i < plane.length; i++) {
      plane[i] |= sign[i];
    }
    return plane;
  }

  byte[] sign(int task, Row row) {
    return Draw.plane(SIGN + task, row.start(), row.length());
  }

  DecoupledRow decoupled(Row row) {
    List<InitialMask> initialMasks = new ArrayList<>();
    for (int task = 0; task < old; task++) {
      initialMasks.add(new InitialMask(task + 1, birth(task, row)));
    }
    return new DecoupledRow(unified(row), flips(row), initialMasks);
  }

  DeltasRow deltas(Row row) {
    List<SignPlanes> planes = new ArrayList<>();
    for (int task = 0; task < old; task++) {
      planes.add(new SignPlanes(nonzero(task, row), sign(task, row)));
    }
    return new DeltasRow(
        new float[row.length()], new DeltasState(unified(row), highs(row), lows(row), planes));
  }
}
