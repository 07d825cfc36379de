package dev.braid.driver.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Blob;
import dev.braid.model.Digest;
import dev.braid.model.ElementType;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a merge step refuses, and of what it warns. */
final class MergeJobRefusalTest extends MergeFixture {
  @Test
  void run_deltaOfAnotherBase_isRefused() {
    ParameterSpace foreign =
        new ParameterSpace(Digest.of("another base"), new ParameterKind.Full(), MergeStore.TENSORS);

    assertRefused(foreign);
  }

  @Test
  void run_deltaOfAnotherAdapterStart_isRefused() {
    ParameterKind adapter =
        new ParameterKind.Adapter(List.of("attn"), 4, .5f, Digest.of("another start"));

    assertRefused(new ParameterSpace(given.store.baseDigest(), adapter, MergeStore.TENSORS));
  }

  private void assertRefused(ParameterSpace foreign) {
    Blob delta =
        given.store.blobs().writeFloats(foreign.digest(), MergeStore.CUT, given.randomDelta(1));
    ModelRecord before = given.start(MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN);

    assertThatThrownBy(() -> job.run(before, given.task("foreign", delta)))
        .isInstanceOf(RefusedTaskException.class)
        .hasMessage(
            "Cannot merge task foreign: its delta lives in parameter space %s, this line in %s"
                + " (another base, another start of the adapter or other tensors); train it on"
                + " this line",
            foreign.digest().abbreviated(), given.space.digest().abbreviated());
  }

  @Test
  void run_deltaOfBits_isRefused() {
    Blob floats = given.store.blobs().get(given.task("odd", given.randomDelta(1)).delta());
    Blob bits =
        new Blob(
            ElementType.BIT, floats.space(), floats.coordinates(), floats.cut(), floats.shards());

    assertRefused(
        bits, "Cannot merge task odd: its delta holds bit values (float32); train it again");
  }

  @Test
  void run_deltaOfAnotherCut_isRefused() {
    ShardCut cut = new ShardCut(512, 64);
    Blob delta = given.store.blobs().writeFloats(given.space.digest(), cut, given.randomDelta(1));

    assertRefused(
        delta,
        "Cannot merge task odd: its delta is cut into shards of 512 coordinates and rows of 64,"
            + " this store's vectors into 256 and 128; train it again on this store");
  }

  private void assertRefused(Blob delta, String sentence) {
    ModelRecord before = given.start(MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN);

    assertThatThrownBy(() -> job.run(before, given.task("odd", delta)))
        .isInstanceOf(RefusedTaskException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @EnumSource
  void run_deltaWithNan_isRefusedWithItsPlace(MergeState mergeState) {
    float[] delta = given.randomDelta(1);
    delta[435] = Float.NaN;
    ModelRecord before = given.start(mergeState, RescalerKind.TENSOR_MEAN);

    assertThatThrownBy(() -> job.run(before, given.task("broken", delta)))
        .isInstanceOf(RefusedTaskException.class)
        .hasMessage(
            "Cannot merge task broken: its delta is NaN in tensor embedding, element 5; train it"
                + " again with a smaller learning rate");
  }

  @ParameterizedTest
  @EnumSource
  void run_deltaBeyondFloat_isRefused(MergeState mergeState) {
    float[] huge = given.randomDelta(1);
    huge[0] = Float.MAX_VALUE;
    float[] opposed = given.randomDelta(2);
    opposed[0] = Float.MAX_VALUE;
    ModelRecord one =
        job.run(given.start(mergeState, RescalerKind.TENSOR_MEAN), given.task("huge", huge))
            .record();
    TaskDraft second = given.task("huge-too", opposed);

    if (mergeState == MergeState.DELTAS) {
      assertThatThrownBy(() -> job.run(one, second))
          .isInstanceOf(RefusedTaskException.class)
          .hasMessageContaining("the unified delta is beyond float32 in tensor attn.k_proj.bias");
    } else {
      assertThat(given.unified(job.run(one, second).record())[0]).isEqualTo(Float.MAX_VALUE);
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void run_withWhichAnOldTaskIsBeyondFloat_isRefused(
      MergeState mergeState, RescalerKind rescalerKind) {
    // The second task halves what remains of the first, so that the first one's rescaler becomes 2.
    float[] first = new float[Math.toIntExact(given.space.coordinates())];
    first[0] = 3e38f;
    first[1] = 3e38f;
    float[] second = new float[first.length];
    second[1] = -3.1e38f;
    ModelRecord one =
        job.run(given.start(mergeState, rescalerKind), given.task("first", first)).record();
    TaskDraft against = given.task("second", second);

    assertThatThrownBy(() -> job.run(one, against))
        .isInstanceOf(RefusedTaskException.class)
        .hasMessage(
            "Cannot merge task second: with it the rescaled delta of task first is beyond float32"
                + " in attn.in_proj_bias; train it again with a smaller learning rate");
  }

  @Test
  void run_taskThatIsLearnedAlready_isRefused() {
    ModelRecord one = chain(job, MergeState.DECOUPLED, 1);

    assertThatThrownBy(() -> job.run(one, given.task("task-0", given.randomDelta(5))))
        .isInstanceOf(RefusedTaskException.class)
        .hasMessage("Cannot merge task task-0: the version has learned it already");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void run_deltaOfWhichNothingIsLeft_isRefused(MergeState mergeState, RescalerKind rescalerKind) {
    float[] delta = given.randomDelta(1);
    float[] against = new float[delta.length];
    for (int j = 0; j < delta.length; j++) {
      against[j] = -delta[j] / 2;
    }
    ModelRecord one =
        job.run(given.start(mergeState, rescalerKind), given.task("first", delta)).record();

    assertThatThrownBy(() -> job.run(one, given.task("against", against)))
        .isInstanceOf(RefusedTaskException.class)
        .hasMessageStartingWith("Cannot merge task against: nowhere does its delta have the sign");
  }

  @ParameterizedTest
  @MethodSource("lines")
  void run_overAnOldTask_raisesAnAlarmOnce(MergeState mergeState, RescalerKind rescalerKind) {
    float[] delta = given.randomDelta(1);
    float[] against = new float[delta.length];
    for (int j = 0; j < delta.length; j++) {
      against[j] = -delta[j] * 2;
    }
    ModelRecord one =
        job.run(given.start(mergeState, rescalerKind), given.task("first", delta)).record();
    Candidate two = job.run(one, given.task("against", against));
    Candidate three = job.run(two.record(), given.task("third", against));

    assertThat(two.health().alarmsSince(job.health(one), MergeHealth.Limits.NONE))
        .containsExactly("Nothing of task first is left in the unified delta");
    assertThat(two.health().tasks().get(0).lostGroups())
        .containsExactly(
            "attn.in_proj_bias", "attn.in_proj_weight", "attn.out_proj.weight", "embedding");
    assertThat(two.health().tasks().get(0).density()).isZero();
    assertThat(two.record().tasks().get(0).lambda()).containsOnly(1f);
    assertThat(three.health().tasks().get(0).lost()).isTrue();
    assertThat(three.health().alarmsSince(job.health(two.record()), MergeHealth.Limits.NONE))
        .isEmpty();
  }
}
