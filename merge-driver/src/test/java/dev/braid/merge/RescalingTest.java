package dev.braid.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Digest;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.RescalerKind;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorGroups;
import dev.braid.model.TensorSpec;
import dev.braid.model.record.MergeState;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RescalingTest {
  private static final TensorGroups GROUPS =
      TensorGroups.of(space(TensorSpec.of("a", 4), TensorSpec.of("b", 2)));

  @Test
  void of_tensorMean_dividesSumsOfMeans() {
    assertThat(rescaling(RescalerKind.TENSOR_MEAN, List.of(4., 3.), List.of(2., 1.)).lambda())
        .containsExactly(2.5f);
  }

  @Test
  void of_global_dividesSums() {
    assertThat(rescaling(RescalerKind.GLOBAL, List.of(4., 3.), List.of(2., 1.5)).lambda())
        .containsExactly(2f);
  }

  @Test
  void of_perTensor_dividesGroupByGroup() {
    assertThat(rescaling(RescalerKind.PER_TENSOR, List.of(4., 3.), List.of(2., 1.)).lambda())
        .containsExactly(2f, 3f);
  }

  @ParameterizedTest
  @EnumSource
  void of_nothingFromTheStart_isOneAndNotLost(RescalerKind rescalerKind) {
    Rescaling rescaling = rescaling(rescalerKind, List.of(0., 0.), List.of(0., 0.));

    assertThat(rescaling.lambda()).isNotEmpty().containsOnly(1f);
    assertThat(rescaling.lost()).isFalse();
    assertThat(rescaling.lostGroups()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void of_nothingLeft_isOneAndLost(RescalerKind rescalerKind) {
    Rescaling rescaling = rescaling(rescalerKind, List.of(4., 0.), List.of(0., 0.));

    assertThat(rescaling.lambda()).isNotEmpty().containsOnly(1f);
    assertThat(rescaling.lost()).isTrue();
    assertThat(rescaling.lostGroups()).containsExactly("a");
  }

  @Test
  void of_oneGroupGone_isLostForThatGroupAlone() {
    Rescaling rescaling = rescaling(RescalerKind.PER_TENSOR, List.of(4., 3.), List.of(0., 1.));

    assertThat(rescaling.lambda()).containsExactly(1f, 3f);
    assertThat(rescaling.lost()).isFalse();
    assertThat(rescaling.lostGroups()).containsExactly("a");
  }

  @Test
  void of_quotientBeyondFloat_isLostInsteadOfInfinite() {
    Rescaling rescaling = rescaling(RescalerKind.GLOBAL, List.of(1., 0.), List.of(1e-45, 0.));

    assertThat(rescaling.lambda()).containsExactly(1f);
    assertThat(rescaling.lost()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void merge_ofFusedAndOfSplitAttention_hasEqualRescalers(RescalerKind rescalerKind) {
    int side = 8;
    LocalMerge fused = start(rescalerKind, fused(side));
    LocalMerge split = start(rescalerKind, split(side));
    Random random = new Random(7);
    for (int task = 0; task < 6; task++) {
      // In the order of the fused layout: biases of q, k, v, weights of q, k, v, the output.
      float[] delta = new float[3 * side + 3 * side * side + side * side];
      for (int j = 0; j < delta.length; j++) {
        delta[j] = (float) random.nextGaussian() * (j < 3 * side ? .1f : 1f);
      }
      fused.merge(delta);
      split.merge(toSplit(delta, side));

      assertThat(split.lambdas()).isEqualTo(fused.lambdas());
    }
    assertThat(toSplit(fused.decoupled(2), side)).containsExactly(split.decoupled(2));
  }

  private static ParameterSpace fused(int side) {
    return space(
        TensorSpec.of("attn.in_proj_bias", 3L * side),
        TensorSpec.of("attn.in_proj_weight", 3L * side, side),
        TensorSpec.of("attn.out_proj.weight", side, side));
  }

  private static ParameterSpace split(int side) {
    return space(
        TensorSpec.of("attn.k_proj.bias", side),
        TensorSpec.of("attn.k_proj.weight", side, side),
        TensorSpec.of("attn.out_proj.weight", side, side),
        TensorSpec.of("attn.q_proj.bias", side),
        TensorSpec.of("attn.q_proj.weight", side, side),
        TensorSpec.of("attn.v_proj.bias", side),
        TensorSpec.of("attn.v_proj.weight", side, side));
  }

  private static float[] toSplit(float[] fused, int side) {
    int square = side * side;
    int weights = 3 * side;
    int[][] pieces = {
      {side, side},
      {weights + square, square},
      {weights + 3 * square, square},
      {0, side},
      {weights, square},
      {2 * side, side},
      {weights + 2 * square, square}
    };
    float[] split = new float[fused.length];
    int to = 0;
    for (int[] piece : pieces) {
      System.arraycopy(fused, piece[0], split, to, piece[1]);
      to += piece[1];
    }
    return split;
  }

  private static LocalMerge start(RescalerKind rescalerKind, ParameterSpace space) {
    return new LocalMerge(MergeState.DECOUPLED, rescalerKind, space, new ShardCut(128, 64));
  }

  private static ParameterSpace space(TensorSpec... tensors) {
    return new ParameterSpace(Digest.of("base"), new ParameterKind.Full(), List.of(tensors));
  }

  private static Rescaling rescaling(
      RescalerKind rescalerKind, List<Double> numerators, List<Double> denominators) {
    return Rescaling.of(rescalerKind, GROUPS, GroupSums.of(numerators), GroupSums.of(denominators));
  }
}
