package dev.braid.driver.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.braid.jobs.stage.SparkSessions;
import dev.braid.merge.BruteForce;
import dev.braid.merge.LocalMerge;
import dev.braid.model.ElementType;
import dev.braid.model.RescalerKind;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth.OfDelta;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.model.record.ModelRecord.Learned;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The results of merge steps. */
final class MergeJobTest extends MergeFixture {
  @ParameterizedTest
  @MethodSource("lines")
  void run_chainOfTasks_givesTheLocalLoopsBits(MergeState mergeState, RescalerKind rescalerKind) {
    LocalMerge local = new LocalMerge(mergeState, rescalerKind, given.space, MergeStore.CUT);
    ModelRecord version = given.start(mergeState, rescalerKind);
    for (int step = 0; step < 6; step++) {
      float[] delta = given.randomDelta(step);
      local.merge(delta);
      Candidate candidate = job.run(version, given.task("task-" + step, delta));
      version = candidate.record();

      assertThat(given.unified(version)).containsExactly(local.unified());
      assertThat(version.tasks()).extracting(Learned::lambda).isEqualTo(local.lambdas());
      assertThat(version.tasks().get(step).step()).isEqualTo(step + 1);
      assertThat(given.record(version, step).numerators())
          .isEqualTo(local.numerator(step).toList());
      for (int task = 0; task <= step; task++) {
        String mask = given.mask(version, task);
        assertThat(mask).isEqualTo(local.mask(task));
        assertThat(candidate.health().tasks().get(task).covered())
            .isEqualTo(mask.chars().filter(bit -> bit == '1').count());
      }
      assertHealthOf(delta, step, candidate);
    }
  }

  private static void assertHealthOf(float[] delta, int step, Candidate candidate) {
    OfDelta added = candidate.health().added().orElseThrow();
    double nonzero = 0;
    double sum = 0;
    for (float value : delta) {
      nonzero += value != 0 ? 1 : 0;
      sum += Math.abs(value);
    }
    double agreeing = candidate.health().tasks().get(step).covered();
    assertThat(added.task()).isEqualTo(new TaskId("task-" + step));
    assertThat(added.conflicts()).isEqualTo(1 - agreeing / nonzero, within(1e-12));
    assertThat(added.size()).isCloseTo(sum / delta.length, withinPercentage(1e-6));
    assertThat(added.usualSize().isPresent()).isEqualTo(step > 0);
    assertThat(added.zeroGroups()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void run_chainOfTasks_leavesTheExpertsThatBruteForceSays(
      MergeState mergeState, RescalerKind rescalerKind) throws IOException {
    BruteForce oracle =
        new BruteForce(mergeState, rescalerKind, MergeStore.CUT, MergeStore.groupOfCoordinate(), 4);
    ModelRecord version = given.start(mergeState, rescalerKind);
    for (int step = 0; step < 5; step++) {
      oracle.merge(given.randomDelta(step));
      version = job.run(version, given.task("task-" + step, given.randomDelta(step))).record();
    }

    for (int task = 0; task < 5; task++) {
      float[] delta = oracle.decoupled(task);
      int[] start = {0};
      given
          .store
          .weights()
          .expert(version, version.tasks().get(task).task())
          .forEach(
              tensor -> {
                float[] expected = new float[tensor.values().length];
                for (int j = 0; j < expected.length; j++) {
                  expected[j] = MergeStore.baseValue(j) + delta[start[0] + j];
                }
                assertThat(tensor.values()).containsExactly(expected);
                start[0] += expected.length;
              });
      assertThat(start[0]).isEqualTo(delta.length);
    }
  }

  @Test
  void run_planesOfOldTasks_areNeverWrittenAgain() {
    ModelRecord two = chain(job, MergeState.DECOUPLED, 2);
    ModelRecord three = job.run(two, given.task("task-2", given.randomDelta(2))).record();

    assertThat(three.tasks().subList(0, 2))
        .extracting(Learned::record)
        .isEqualTo(two.tasks().stream().map(Learned::record).toList());
  }

  @Test
  void run_onOneThreadInAnotherStore_givesTheSameModelDigest() throws IOException {
    List<ModelRecord> onTwoThreads = chains(given);
    closeSpark();
    session = SparkSessions.open("local[1]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());

    List<ModelRecord> onOneThread = chains(new MergeStore(folder.resolve("other")));
    closeSpark();
    openSpark();

    assertThat(onOneThread).isEqualTo(onTwoThreads);
  }

  private static List<ModelRecord> chains(MergeStore store) {
    MergeJob merge = new MergeJob(spark, store.location);
    return Stream.of(MergeState.values())
        .map(mergeState -> chain(merge, mergeState, 3, store))
        .toList();
  }

  @Test
  void run_beyond255Steps_keepsLastFlipsInTwoBytes() {
    ModelRecord two = chain(job, MergeState.DECOUPLED, 2);
    Learned second = two.tasks().get(1);
    ModelRecord late =
        new ModelRecord(
            two.space(),
            two.strategy(),
            two.mergeState(),
            two.rescalerKind(),
            two.state(),
            List.of(
                two.tasks().get(0),
                new Learned(second.task(), second.record(), 300, second.lambda())));
    LocalMerge local =
        new LocalMerge(MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN, given.space, MergeStore.CUT);
    for (int task = 0; task < 4; task++) {
      local.merge(given.randomDelta(task));
    }

    ModelRecord three = job.run(late, given.task("task-2", given.randomDelta(2))).record();
    ModelRecord four = job.run(three, given.task("task-3", given.randomDelta(3))).record();

    assertThat(given.blob(four.state(), ModelRecord.LAST_FLIP).element())
        .isEqualTo(ElementType.UINT16);
    assertThat(four.tasks()).extracting(Learned::step).containsExactly(1, 300, 301, 302);
    assertThat(given.unified(four)).containsExactly(local.unified());
    for (int task = 0; task < 4; task++) {
      assertThat(given.mask(four, task)).isEqualTo(local.mask(task));
    }
  }
}
