package dev.braid.bench.merge;

import dev.braid.bench.merge.MergeTrial.Row;
import dev.braid.merge.DecoupledMerge;
import dev.braid.merge.DecoupledRow;
import dev.braid.merge.DeltasRow;
import dev.braid.merge.IncrementalMerge;
import dev.braid.merge.RowStep;
import dev.braid.merge.kernel.Kernels;
import dev.braid.model.record.MergeState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** The merge step of rows in memory, compared with the simplest loops. */
final class StepInMemory implements Sides {
  private final MergeTrial trial;
  private final Slots slots;
  private final DrawnStep drawn;
  private final Allocations allocations = new Allocations();

  StepInMemory(MergeTrial trial, Slots slots) {
    this.trial = trial;
    this.slots = slots;
    this.drawn = new DrawnStep(trial);
  }

  /** One side's result for a row and the seconds it took. */
  private record Timed(RowStep<?> step, double seconds) {}

  @Override
  public double merge() {
    return shared(trial.rows(), false);
  }

  @Override
  public double plain() {
    return shared(trial.rows(), true);
  }

  /**
   * The seconds of the simplest loops for all rows, extrapolated from this many evenly spread rows.
   */
  double plainOf(int count) {
    List<Row> all = trial.rows();
    List<Row> some = new ArrayList<>();
    for (int i = 0; i < Math.min(count, all.size()); i++) {
      some.add(all.get((int) ((i + 0.5) * all.size() / Math.min(count, all.size()))));
    }
    long measured = some.stream().mapToLong(Row::length).sum();
    return shared(some, true) * trial.coordinates() / measured;
  }

  private double shared(List<Row> rows, boolean isPlain) {
    return Slots.shared(
        slots.map(rows, row -> isPlain ? compared(row) : merged(row, false).seconds()),
        trial.threads());
  }

  private double compared(Row row) {
    Timed plain = merged(row, true);
    RowStep<?> merged = merged(row, false).step();
    RowStep<?> oracle = plain.step();
    int newest = trial.tasks() - 1;
    Sides.check(Arrays.equals(oracle.row().unified(), merged.row().unified()));
    Sides.check(Arrays.equals(oracle.row().mask(newest), merged.row().mask(newest)));
    Sides.check(oracle.sums().covered().equals(merged.sums().covered()));
    for (int task = 0; task < trial.tasks(); task++) {
      Sides.check(
          oracle.sums().left().get(task).toList().equals(merged.sums().left().get(task).toList()));
    }
    return plain.seconds();
  }

  private Timed merged(Row row, boolean isPlain) {
    Supplier<RowStep<?>> merge =
        trial.mergeState() == MergeState.DECOUPLED ? decoupled(row, isPlain) : deltas(row, isPlain);
    RowStep<?>[] merged = new RowStep<?>[1];
    double seconds =
        Slots.seconds(() -> merged[0] = isPlain ? merge.get() : allocations.count(merge));
    return new Timed(merged[0], seconds);
  }

  private Supplier<RowStep<?>> decoupled(Row row, boolean isPlain) {
    float[] delta = drawn.delta(row);
    DecoupledRow before = drawn.decoupled(row);
    List<List<Float>> lambdas = drawn.lambdas();
    DecoupledMerge merge = new DecoupledMerge(Kernels.get());
    return isPlain
        ? () -> before.merge(lambdas, delta, row.groups())
        : () -> merge.merge(before, lambdas, delta, row.groups());
  }

  private Supplier<RowStep<?>> deltas(Row row, boolean isPlain) {
    float[] delta = drawn.delta(row);
    DeltasRow before = drawn.deltas(row);
    IncrementalMerge merge = new IncrementalMerge(Kernels.get());
    return isPlain
        ? () -> before.merge(delta, row.groups())
        : () -> merge.merge(before.state(), delta, row.groups());
  }

  /** The allocations of the largest row's merge, outputs included, times the number of threads. */
  @Override
  public long peakBytes() {
    return allocations.largest() * trial.threads();
  }

  @Override
  public long bytesRead() {
    long coordinates = trial.coordinates();
    long planes = (trial.tasks() - 1L) * ((coordinates + 7) / 8);
    return trial.mergeState() == MergeState.DECOUPLED
        ? coordinates * (3 * Float.BYTES) + planes
        : coordinates * (4 * Float.BYTES) + 2 * planes;
  }

  @Override
  public long bytesWritten() {
    long coordinates = trial.coordinates();
    long plane = (coordinates + 7) / 8;
    return trial.mergeState() == MergeState.DECOUPLED
        ? coordinates * (2 * Float.BYTES) + plane
        : coordinates * (4 * Float.BYTES) + 2 * plane;
  }
}
