package dev.braid.bench.merge;

import dev.braid.bench.Python;
import dev.braid.bench.merge.MergeTrial.Row;
import dev.braid.bench.merge.PyTorchSide.Allocator;
import dev.braid.merge.GroupSums;
import dev.braid.merge.OneShot;
import dev.braid.merge.OneShotMerge;
import dev.braid.merge.RowGroups;
import dev.braid.merge.kernel.Kernels;
import dev.braid.model.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** The one-shot merge of deltas in memory, compared with the simplest loops and mere summing. */
final class OneShotInMemory implements Sides {
  private static final int BLOCK = 4096;

  private final MergeTrial trial;
  private final Slots slots;
  private final Allocations allocations = new Allocations();
  private final Optional<PyTorchSide> pyTorch;
  private final Optional<PyTorchSide> tunedPyTorch;
  private final List<Row> rows;
  private final List<float[]> deltas = new ArrayList<>();
  private final float[] unified;
  private final List<byte[]> masks = new ArrayList<>();

  OneShotInMemory(MergeTrial trial, Slots slots, Optional<Python> python) {
    this.pyTorch = python.map(found -> new PyTorchSide(found, trial, Allocator.DEFAULT));
    this.tunedPyTorch = python.map(found -> new PyTorchSide(found, trial, Allocator.TUNED));
    this.trial = trial;
    this.slots = slots;
    this.rows = trial.rows();
    int coordinates = Math.toIntExact(trial.coordinates());
    this.unified = new float[coordinates];
    for (int task = 0; task < trial.tasks(); task++) {
      deltas.add(new float[coordinates]);
      masks.add(Bits.row(coordinates));
    }
    var unused = slots.map(rows, this::draw);
  }

  private boolean draw(Row row) {
    for (int task = 0; task < deltas.size(); task++) {
      Draw.delta(task, row.start(), deltas.get(task), (int) row.start(), row.length());
    }
    return true;
  }

  @Override
  public double merge() {
    allocations.reset();
    return Slots.seconds(
        () -> {
          List<OneShotMerge.Sums> sums = slots.map(rows, this::merge);
          var unused = sums.stream().map(OneShotMerge.Sums::left).reduce(OneShotInMemory::plus);
        });
  }

  private OneShotMerge.Sums merge(Row row) {
    return allocations.count(
        () ->
            new OneShotMerge(Kernels.get())
                .merge(deltas, (int) row.start(), row.groups(), unified, masks));
  }

  private static List<GroupSums> plus(List<GroupSums> first, List<GroupSums> next) {
    return IntStream.range(0, first.size()).mapToObj(i -> first.get(i).plus(next.get(i))).toList();
  }

  @Override
  public double plain() {
    return Slots.shared(slots.map(rows, this::plain), trial.threads());
  }

  /** The seconds of a row; also checks that both sides give the same result. */
  private double plain(Row row) {
    int from = (int) row.start();
    int to = from + row.length();
    List<float[]> own = deltas.stream().map(delta -> Arrays.copyOfRange(delta, from, to)).toList();
    Plain[] result = new Plain[1];
    double seconds = Slots.seconds(() -> result[0] = Plain.of(own, row.groups()));
    Sides.check(
        Arrays.equals(result[0].oneShot().unified(), Arrays.copyOfRange(unified, from, to)));
    return seconds;
  }

  /** The result of the simplest loops for a row. */
  private record Plain(OneShot oneShot, List<GroupSums> sums) {
    static Plain of(List<float[]> deltas, RowGroups groups) {
      OneShot oneShot = OneShot.of(deltas);
      List<GroupSums> sums = new ArrayList<>();
      for (int task = 0; task < deltas.size(); task++) {
        sums.add(GroupSums.ofRow(deltas.get(task), groups));
        sums.add(GroupSums.ofRow(oneShot.unified(), oneShot.masks().get(task), groups));
      }
      return new Plain(oneShot, sums);
    }
  }

  @Override
  public double sum() {
    return Slots.seconds(
        () -> {
          var unused = slots.map(rows, this::sum);
        });
  }

  private boolean sum(Row row) {
    float[] sums = new float[BLOCK];
    int end = (int) row.start() + row.length();
    for (int at = (int) row.start(); at < end; at += BLOCK) {
      int count = Math.min(BLOCK, end - at);
      Arrays.fill(sums, 0);
      for (float[] delta : deltas) {
        add(delta, at, sums, count);
      }
      System.arraycopy(sums, 0, unified, at, count);
    }
    return true;
  }

  private static void add(float[] delta, int at, float[] sums, int count) {
    for (int j = 0; j < count; j++) {
      sums[j] += delta[at + j];
    }
  }

  @Override
  public double torch() {
    return pyTorch.map(PyTorchSide::seconds).orElse(0d);
  }

  @Override
  public double tunedTorch() {
    return tunedPyTorch.map(PyTorchSide::seconds).orElse(0d);
  }

  @Override
  public OptionalLong torchPeakBytes() {
    return pyTorch.stream().mapToLong(PyTorchSide::peakBytes).findFirst();
  }

  @Override
  public OptionalLong tunedTorchPeakBytes() {
    return tunedPyTorch.stream().mapToLong(PyTorchSide::peakBytes).findFirst();
  }

  /** The outputs and everything allocated besides. */
  @Override
  public long peakBytes() {
    return bytesWritten() + allocations.bytes();
  }

  @Override
  public long bytesRead() {
    return trial.tasks() * trial.coordinates() * Float.BYTES;
  }

  @Override
  public long bytesWritten() {
    return trial.coordinates() * Float.BYTES + masks.stream().mapToLong(mask -> mask.length).sum();
  }
}
