package dev.braid.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.Bits;
import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden vectors of METHODS 6: two tensors, a with five elements and b with two. */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits as METHODS 6 prints them
final class GoldenVectorsTest {
  private static final float[] DELTA_0 = {.5f, -.2f, .1f, 0, .3f, -1, .25f};
  private static final float[] DELTA_1 = {-.1f, -.4f, .1f, 0, -.3f, .5f, .5f};
  private static final float[] DELTA_2 = {.2f, .3f, -.4f, 0, .6f, .5f, -.25f};
  private static final float[] UNIFIED_TWO = {.5f, -.4f, .1f, 0, -.3f, -1, .5f};
  private static final float[] UNIFIED_THREE = {.5f, -.4f, -.4f, 0, .6f, -1, .5f};

  @ParameterizedTest
  @EnumSource
  void twoTasks_areTheOneShotMergeUnderBothTruths(MergeState mergeState) {
    LocalMerge merge =
        start(mergeState, RescalerKind.TENSOR_MEAN, 5, 2).merge(DELTA_0).merge(DELTA_1);

    assertThat(merge.unified()).containsExactly(UNIFIED_TWO);
    assertThat(merge.mask(0)).isEqualTo("1110011");
    assertThat(merge.mask(1)).isEqualTo("0110101");
    assertThat(merge.lambdas()).containsExactly(List.of(.889473677f), List.of(1.65853655f));
    assertReference(merge.lambdas(), .889473736, 1.65853655);
  }

  @Test
  void threeTasks_underTruthDeltas_areTheOneShotMerge() {
    LocalMerge merge = three(MergeState.DELTAS, RescalerKind.TENSOR_MEAN);

    assertThat(merge.unified()).containsExactly(UNIFIED_THREE);
    assertThat(merge.mask(0)).isEqualTo("1100111");
    assertThat(merge.mask(1)).isEqualTo("0100001");
    assertThat(merge.mask(2)).isEqualTo("1010100");
    assertThat(merge.lambdas())
        .containsExactly(List.of(.804761887f), List.of(2.060606f), List.of(2.25f));
    assertReference(merge.lambdas(), .804761946, 2.06060624, 2.25);
  }

  @Test
  void threeTasks_underTruthDeltasAndGlobalRescaler_haveTheReferenceRescalers() {
    LocalMerge merge = three(MergeState.DELTAS, RescalerKind.GLOBAL);

    assertReference(merge.lambdas(), .7833333, 2.1111111, 1.5);
  }

  @Test
  void thirdStep_underTruthDecoupled_mergesTheDecoupledTasks() {
    LocalMerge merge = three(MergeState.DECOUPLED, RescalerKind.TENSOR_MEAN);

    assertThat(merge.mask(0)).isEqualTo("1100011");
    assertThat(merge.mask(1)).isEqualTo("0100001");
    assertThat(merge.mask(2)).isEqualTo("1010100");
    assertThat(merge.unified())
        .containsExactly(
            .444736838f, -.663414657f, -.400000006f, 0, .600000024f, -.889473677f, .829268277f);
    assertThat(merge.lambdas())
        .containsExactly(List.of(.78168267f), List.of(1.24242425f), List.of(2.33606553f));
    double[] reference = {
      .444736868, -.663414657, -.400000006, 0, .600000024, -.889473736, .829268277
    };
    for (int j = 0; j < reference.length; j++) {
      assertThat((double) merge.unified()[j])
          .isCloseTo(reference[j], within(1e-6 * Math.abs(reference[j])));
    }
    assertReference(merge.lambdas(), .78168273, 1.24242425, 2.33606553);
  }

  @ParameterizedTest
  @EnumSource
  void sumOfZero_countsAsNegative(MergeState mergeState) {
    LocalMerge merge = start(mergeState, RescalerKind.TENSOR_MEAN, 2).merge(1, -2).merge(-1, 2);

    assertThat(merge.unified()).containsExactly(-1, -2);
    assertThat(merge.lambdas()).containsExactly(List.of(1.5f), List.of(3f));
    assertThat(merge.mask(0)).isEqualTo("01");
    assertThat(merge.mask(1)).isEqualTo("10");
  }

  @Test
  void oneShot_ofTwoAndOfThree_hasTheReferenceUnifiedDeltaAndMasks() {
    OneShot two = OneShot.of(List.of(DELTA_0, DELTA_1));
    OneShot three = OneShot.of(List.of(DELTA_0, DELTA_1, DELTA_2));

    assertThat(two.unified()).containsExactly(UNIFIED_TWO);
    assertThat(two.masks()).containsExactly(bits("1110011"), bits("0110101"));
    assertThat(three.unified()).containsExactly(UNIFIED_THREE);
    assertThat(three.masks()).containsExactly(bits("1100111"), bits("0100001"), bits("1010100"));
  }

  private static LocalMerge three(MergeState mergeState, RescalerKind rescalerKind) {
    return start(mergeState, rescalerKind, 5, 2).merge(DELTA_0).merge(DELTA_1).merge(DELTA_2);
  }

  private static LocalMerge start(MergeState mergeState, RescalerKind rescalerKind, long... sizes) {
    List<TensorSpec> tensors =
        sizes.length == 1
            ? List.of(TensorSpec.of("a", sizes[0]))
            : List.of(TensorSpec.of("a", sizes[0]), TensorSpec.of("b", sizes[1]));
    ParameterSpace space = new ParameterSpace(Digest.of("base"), new ParameterKind.Full(), tensors);
    return new LocalMerge(mergeState, rescalerKind, space, new ShardCut(64, 64));
  }

  private static byte[] bits(String digits) {
    byte[] row = Bits.row(digits.length());
    for (int j = 0; j < digits.length(); j++) {
      if (digits.charAt(j) == '1') {
        Bits.set(row, j);
      }
    }
    return row;
  }

  private static void assertReference(List<List<Float>> lambdas, double... reference) {
    assertThat(lambdas).hasSize(reference.length);
    for (int task = 0; task < reference.length; task++) {
      assertThat((double) lambdas.get(task).get(0))
          .isCloseTo(reference[task], within(1e-6 * reference[task]));
    }
  }
}
