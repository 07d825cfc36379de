package dev.braid.merge;

import dev.braid.model.Bits;
import dev.braid.model.TensorGroups.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A row of 1 Mi coordinates with the simplest loops, the plain kernel and the vector kernel.
 *
 * <p>Run {@code org.openjdk.jmh.Main MergeBenchmark} with the test class path and {@code
 * --add-modules jdk.incubator.vector}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls draw() before anything else
public class MergeBenchmark {
  private static final int ROW = 1 << 20;

  @Param MergeLoops mergeLoops;

  @Param({"11", "100"})
  int tasks;

  private final List<float[]> deltas = new ArrayList<>();
  private final List<byte[]> masks = new ArrayList<>();
  private final float[] unified = new float[ROW];
  private RowGroups groups;
  private DeltasRow deltasRow;
  private DecoupledRow decoupledRow;
  private List<List<Float>> lambdas;

  @Setup
  public void draw() {
    Random random = new Random(1);
    groups = new RowGroups(List.of(new Run(0, 0, 589_824), new Run(1, 589_824, ROW)), 2);
    List<DeltasState.SignPlanes> planes = new ArrayList<>();
    List<DecoupledRow.InitialMask> initialMasks = new ArrayList<>();
    lambdas = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      float[] delta = delta(random);
      if (task < 11) {
        deltas.add(delta);
        masks.add(Bits.row(ROW));
      }
      planes.add(DeltasState.SignPlanes.of(delta));
      initialMasks.add(new DecoupledRow.InitialMask(task + 1, planes.get(task).sign()));
      lambdas.add(List.of(1f + task / 100f));
    }
    int[] flips = new int[ROW];
    for (int j = 0; j < ROW; j++) {
      flips[j] = random.nextInt(4) == 0 ? 1 + random.nextInt(tasks) : 0;
    }
    deltasRow =
        new DeltasRow(
            delta(random), new DeltasState(delta(random), delta(random), delta(random), planes));
    decoupledRow = new DecoupledRow(delta(random), flips, initialMasks);
  }

  private static float[] delta(Random random) {
    float[] delta = new float[ROW];
    for (int j = 0; j < ROW; j++) {
      delta[j] = (float) random.nextGaussian() * 1e-3f;
    }
    return delta;
  }

  /** Of at most 11 deltas. */
  @Benchmark
  public Object oneShot() {
    if (mergeLoops == MergeLoops.SIMPLEST) {
      OneShot row = OneShot.of(deltas);
      List<GroupSums> sums = new ArrayList<>();
      for (int task = 0; task < deltas.size(); task++) {
        sums.add(GroupSums.ofRow(deltas.get(task), groups));
        sums.add(GroupSums.ofRow(row.unified(), row.masks().get(task), groups));
      }
      return sums;
    }
    return new OneShotMerge(mergeLoops.kernel()).merge(deltas, 0, groups, unified, masks);
  }

  @Benchmark
  public Object deltasStep() {
    return mergeLoops.merge(deltasRow, deltas.get(0), groups);
  }

  @Benchmark
  public Object decoupledStep() {
    return mergeLoops.merge(decoupledRow, lambdas, deltas.get(0), groups);
  }
}
