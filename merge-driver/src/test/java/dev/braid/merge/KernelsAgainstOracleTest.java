package dev.braid.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.merge.DecoupledRow.InitialMask;
import dev.braid.merge.DeltasState.SignPlanes;
import dev.braid.merge.kernel.Kernels;
import dev.braid.merge.kernel.PlainKernel;
import dev.braid.model.Bits;
import dev.braid.model.TensorGroups.Run;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** All loops produce the same bits for rows of several blocks in any state. */
final class KernelsAgainstOracleTest {
  private static final int LONGEST = 3 * Block.LENGTH;
  private static final int GROUPS = 5;

  @Test
  void kernelsHere_areThoseOnVectors() {
    assertThat(Kernels.get()).isNotInstanceOf(PlainKernel.class);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void deltasStep_givesTheSameBits(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = LONGEST) int coordinates,
      @ForAll @IntRange(min = 0, max = 9) int tasks) {
    RowGroups groups = groups(random, coordinates);
    DeltasRow row = DeltasRow.empty(coordinates);
    for (int task = 0; task < tasks; task++) {
      row = row.merge(delta(random, coordinates), groups).row();
    }
    float[] delta = delta(random, coordinates);
    List<String> expected = text(MergeLoops.SIMPLEST.merge(row, delta, groups));

    assertThat(text(MergeLoops.PLAIN.merge(row, delta, groups))).isEqualTo(expected);
    assertThat(text(MergeLoops.VECTORS.merge(row, delta, groups))).isEqualTo(expected);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void decoupledStep_givesTheSameBits(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = LONGEST) int coordinates,
      @ForAll @IntRange(min = 0, max = 9) int tasks) {
    RowGroups groups = groups(random, coordinates);
    DecoupledRow row = DecoupledRow.empty(coordinates);
    List<List<Float>> lambdas = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      row = row.merge(lambdas, delta(random, coordinates), groups).row();
      lambdas.replaceAll(ignored -> lambda(random));
      lambdas.add(lambda(random));
    }
    for (int gone = random.nextInt(tasks + 1); gone > 0; gone--) { // their flips are still there
      List<InitialMask> initialMasks = new ArrayList<>(row.initialMasks());
      int task =
          random.nextBoolean() ? initialMasks.size() - 1 : random.nextInt(initialMasks.size());
      initialMasks.remove(task);
      lambdas.remove(task);
      row = new DecoupledRow(row.unified(), row.lastFlips(), initialMasks);
    }
    float[] delta = delta(random, coordinates);
    List<String> expected = text(MergeLoops.SIMPLEST.merge(row, lambdas, delta, groups));

    assertThat(text(MergeLoops.PLAIN.merge(row, lambdas, delta, groups))).isEqualTo(expected);
    RowStep<DecoupledRow> merged = MergeLoops.VECTORS.merge(row, lambdas, delta, groups);
    assertThat(text(merged)).isEqualTo(expected);
    for (int task = 0; task < merged.row().tasks(); task++) { // what is stored is what was summed
      byte[] mask = merged.row().mask(task);
      assertThat(merged.sums().covered().get(task)).isEqualTo(Bits.count(mask));
      assertThat(merged.sums().left().get(task).toList())
          .isEqualTo(GroupSums.ofRow(merged.row().unified(), mask, groups).toList());
    }
  }

  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void oneMerge_ofManyRowsOfOtherLengthsAndTasks_keepsNothingOfThem(@ForAll Random random) {
    DecoupledMerge decoupled = new DecoupledMerge(Kernels.get());
    IncrementalMerge deltas = new IncrementalMerge(Kernels.get());
    for (int rows = 0; rows < 6; rows++) {
      int coordinates = random.nextInt(3) == 0 ? 200 : 1 + random.nextInt(2 * Block.LENGTH);
      RowGroups groups = groups(random, coordinates);
      DecoupledRow decoupledRow = DecoupledRow.empty(coordinates);
      DeltasState state = DeltasState.empty(coordinates);
      List<List<Float>> lambdas = new ArrayList<>();
      for (int task = random.nextInt(6); task >= 0; task--) {
        float[] delta = delta(random, coordinates);
        List<String> expected =
            text(MergeLoops.SIMPLEST.merge(decoupledRow, lambdas, delta, groups));
        RowStep<DecoupledRow> step = decoupled.merge(decoupledRow, lambdas, delta, groups);
        assertThat(text(step)).isEqualTo(expected);
        decoupledRow = step.row(); // its unified delta belongs to the merge
        lambdas.replaceAll(ignored -> lambda(random));
        lambdas.add(lambda(random));

        DeltasRow before = new DeltasRow(new float[coordinates], state);
        List<String> expectedOfDeltas = text(MergeLoops.SIMPLEST.merge(before, delta, groups));
        RowStep<DeltasRow> next = deltas.merge(state, delta, groups);
        assertThat(text(next)).isEqualTo(expectedOfDeltas);
        state = next.row().state();
      }
    }
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void deltasMergedAnew_giveWhatTheyGiveOneByOne(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = LONGEST) int coordinates,
      @ForAll @IntRange(min = 1, max = 6) int tasks) {
    RowGroups groups = groups(random, coordinates);
    List<float[]> deltas = deltas(random, coordinates, tasks);
    DeltasRow row = DeltasRow.empty(coordinates);
    for (float[] delta : deltas.subList(0, tasks - 1)) {
      row = row.merge(delta, groups).row();
    }
    DeltasRow last = row.merge(deltas.get(tasks - 1), groups).row();
    int added = random.nextInt(tasks);
    StepSums sums = StepSums.of(last, deltas.get(added), List.of(), groups);
    List<String> expected = text(new RowStep<>(last, sums));

    for (MergeLoops mergeLoops : List.of(MergeLoops.PLAIN, MergeLoops.VECTORS)) {
      IncrementalMerge merge = new IncrementalMerge(mergeLoops.kernel());
      List<FloatBuffer> buffers = deltas.stream().map(FloatBuffer::wrap).toList();
      DeltasState state = DeltasState.empty(coordinates);
      int few = random.nextInt(tasks + 1);
      merge.extend(state, buffers.subList(0, few), groups);
      merge.extend(state, buffers.subList(few, tasks), groups);
      float[] unified = merge.unify(state, groups);
      List<DeltaSums> own = deltas.stream().map(delta -> merge.own(delta, groups)).toList();
      List<SignPlanes> planes = own.stream().map(DeltaSums::planes).toList();
      RetainedSums left =
          merge
              .left(unified, planes.subList(0, few), groups)
              .and(merge.left(unified, planes.subList(few, tasks), groups));
      DeltasState after = new DeltasState(state.sums(), state.highs(), state.lows(), planes);
      assertThat(text(new RowStep<>(new DeltasRow(unified, after), own.get(added).with(left))))
          .isEqualTo(expected);
    }
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void oneShot_givesTheSameBits(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = LONGEST) int coordinates,
      @ForAll @IntRange(min = 1, max = 6) int tasks) {
    RowGroups groups = groups(random, coordinates);
    List<float[]> deltas = deltas(random, coordinates, tasks);
    OneShot expected = OneShot.of(deltas);
    int at = random.nextInt(3) * Long.SIZE;
    List<float[]> longer = deltas.stream().map(delta -> after(at, delta)).toList();

    for (MergeLoops mergeLoops : List.of(MergeLoops.PLAIN, MergeLoops.VECTORS)) {
      float[] unified = new float[at + coordinates];
      List<byte[]> masks = deltas.stream().map(d -> Bits.row(at + coordinates)).toList();
      OneShotMerge.Sums sums =
          new OneShotMerge(mergeLoops.kernel()).merge(longer, at, groups, unified, masks);

      assertThat(unified).isEqualTo(after(at, expected.unified()));
      for (int task = 0; task < tasks; task++) {
        byte[] mask = masks.get(task);
        assertThat(Arrays.copyOfRange(mask, at / 8, mask.length))
            .isEqualTo(expected.masks().get(task));
        assertThat(sums.added().get(task).toList())
            .isEqualTo(GroupSums.ofRow(deltas.get(task), groups).toList());
        assertThat(sums.left().get(task).toList())
            .isEqualTo(
                GroupSums.ofRow(expected.unified(), expected.masks().get(task), groups).toList());
      }
    }
  }

  private static float[] after(int at, float[] values) {
    float[] longer = new float[at + values.length];
    System.arraycopy(values, 0, longer, at, values.length);
    return longer;
  }

  private static List<float[]> deltas(Random random, int coordinates, int tasks) {
    return IntStream.range(0, tasks).mapToObj(task -> delta(random, coordinates)).toList();
  }

  /** Values of many sizes: ordinary ones, a few that often cancel, subnormal ones, both zeros. */
  private static float[] delta(Random random, int coordinates) {
    float[] delta = new float[coordinates];
    for (int j = 0; j < coordinates; j++) {
      delta[j] =
          switch (random.nextInt(8)) {
            case 0 -> random.nextBoolean() ? 0f : -0f;
            case 1, 2 -> (random.nextInt(7) - 3) * .1f;
            case 3 -> (random.nextInt(9) - 4) * Float.MIN_VALUE;
            default -> (float) random.nextGaussian() * 1e-3f;
          };
    }
    return delta;
  }

  private static List<Float> lambda(Random random) {
    int count = random.nextBoolean() ? 1 : GROUPS;
    return IntStream.range(0, count).mapToObj(i -> random.nextFloat() * 2).toList();
  }

  private static RowGroups groups(Random random, int coordinates) {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    while (from < coordinates) {
      int to = Math.min(coordinates, from + 1 + random.nextInt(random.nextBoolean() ? 40 : 4000));
      runs.add(new Run(random.nextInt(GROUPS), from, to));
      from = to;
    }
    return new RowGroups(runs, GROUPS);
  }

  private static List<String> text(RowStep<?> step) {
    List<String> text = new ArrayList<>();
    if (step.row() instanceof DeltasRow row) {
      addBits(text, row.unified());
      addBits(text, row.state().sums());
      addBits(text, row.state().highs());
      addBits(text, row.state().lows());
      SignPlanes newest = row.state().planes().get(row.tasks() - 1);
      text.add(Arrays.toString(newest.nonzero()) + Arrays.toString(newest.sign()));
    } else if (step.row() instanceof DecoupledRow row) {
      addBits(text, row.unified());
      InitialMask newest = row.initialMasks().get(row.tasks() - 1);
      text.add(Arrays.toString(row.lastFlips()));
      text.add(newest.step() + Arrays.toString(newest.plane()));
    }
    StepSums sums = step.sums();
    text.add("added " + sums.added().toList());
    sums.decoupled().forEach(each -> text.add("decoupled " + each.toList()));
    sums.left().forEach(each -> text.add("left " + each.toList()));
    sums.peaks().forEach(each -> text.add("peaks " + each));
    text.add("covered " + sums.covered());
    return text;
  }

  private static void addBits(List<String> text, float[] values) {
    int[] bits = new int[values.length];
    for (int j = 0; j < bits.length; j++) {
      bits[j] = Float.floatToRawIntBits(values[j]);
    }
    text.add(Arrays.toString(bits));
  }
}
