package dev.braid.bench.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.bench.merge.MergeTrial.From;
import dev.braid.bench.merge.MergeTrial.Mode;
import dev.braid.bench.merge.MergeTrial.Row;
import dev.braid.merge.OneShot;
import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import dev.braid.store.file.Folder;
import dev.braid.store.object.HadoopObjects;
import dev.braid.store.vector.Blobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sides of the comparison of merges do the work that is measured. */
class MergeSidesTest {
  private static final int COORDINATES = 5000;

  @TempDir Path root;

  private static MergeTrial trial(Mode mode, MergeState mergeState, From from, int tasks) {
    ParameterSpace space =
        new ParameterSpace(
            Digest.of("a base"),
            new ParameterKind.Full(),
            List.of(TensorSpec.of("drawn", COORDINATES)));
    return new MergeTrial(mode, mergeState, from, space, tasks, /* threads= */ 2);
  }

  @Test
  void merge_ofAStepFromTheStore_writesTheUnifiedDeltaOfTheSimplestLoops() {
    MergeTrial trial = trial(Mode.STEP, MergeState.DECOUPLED, From.STORE, 3);
    DrawnStep drawn = new DrawnStep(trial);
    Row row = trial.rows().get(0);
    float[] expected =
        drawn.decoupled(row).merge(drawn.lambdas(), drawn.delta(row), row.groups()).row().unified();

    checkWritten(trial, expected);
  }

  @Test
  void merge_ofAllDeltasFromTheStore_writesTheUnifiedDeltaOfTheSimplestLoops() {
    MergeTrial trial = trial(Mode.ONE_SHOT, MergeState.DELTAS, From.STORE, 3);
    Row row = trial.rows().get(0);
    float[] expected =
        OneShot.of(
                IntStream.range(0, 3)
                    .mapToObj(task -> Draw.delta(task, row.start(), row.length()))
                    .toList())
            .unified();

    checkWritten(trial, expected);
  }

  /** Equal vectors are equal files, named by their digests. */
  private void checkWritten(MergeTrial trial, float[] unified) {
    Folder merged = Folder.of(root.resolve("merged").toString(), Map.of());
    Folder other = Folder.of(root.resolve("other").toString(), Map.of());
    Blob expected =
        new Blobs(new HadoopObjects(other))
            .writeFloats(trial.space().digest(), MergeTrial.CUT, unified);
    String name = HadoopObjects.name(expected.shards().get(0).digest(), "parquet");
    try (Slots slots = new Slots(2);
        Sides sides = new InStore(trial, slots, merged)) {
      assertThat(merged.contains(name)).as("before the merge").isFalse();
      assertThat(sides.merge()).isPositive();
      assertThat(merged.contains(name)).as("after the merge").isTrue();
    }
  }

  /** Summing alone leaves the sums where the merge left the unified delta. */
  @Test
  void plain_afterAnotherResultThanItsOwn_refusesToCompare() {
    MergeTrial trial = trial(Mode.ONE_SHOT, MergeState.DELTAS, From.MEMORY, 3);
    try (Slots slots = new Slots(2);
        Sides sides = new OneShotInMemory(trial, slots, Optional.empty())) {
      var unused = sides.merge() + sides.plain() + sides.sum();

      assertThatThrownBy(sides::plain)
          .hasMessage("Cannot compare: the merge and the simplest loops do not give the same bits");
    }
  }

  @Test
  void comparison_ofKnownSeconds_dividesThem() {
    MergeComparison comparison =
        new MergeComparison(
            trial(Mode.STEP, MergeState.DECOUPLED, From.STORE, 2),
            List.of(
                new Turn(2, 3, 20, 1, 4, 6, 6, 4),
                new Turn(4, 6, 0, 1, 4, 6, 6, 4),
                new Turn(2, 3, 0, 1, 2, 6, 6, 4)),
            5_000_000,
            6_000_000,
            7_000_000,
            OptionalLong.of(9_000_000),
            OptionalLong.of(8_000_000));

    assertThat(comparison.lines())
        .containsExactly(
            "merge step of 2 tasks, truth decoupled, from store, 2 threads: 2.00 s (median of 3"
                + " rounds)",
            "  the simplest loops take 10.00 (10.00 to 10.00) times as long",
            "  it takes 2.00 (2.00 to 4.00) times as long as summing alone",
            "  it takes 1.00 (0.50 to 1.00) times as long as plain files of the same bytes",
            "  it takes 0.50 (0.50 to 1.00) times their CPU time",
            "  PyTorch takes 3.00 (1.50 to 3.00) times as long",
            "  PyTorch used at most 9 MB in addition to its inputs",
            "  PyTorch with MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=-1 takes 2.00 (1.00 to 2.00)"
                + " times as long",
            "  PyTorch used at most 8 MB in addition to its inputs",
            "  5 MB read, 6 MB written, at most 7 MB of memory");
  }
}
