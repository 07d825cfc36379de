package dev.braid.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TensorGroups.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TensorGroupsTest {
  private static final Digest BASE = Digest.of("base");
  private static final String LAYER = "text_model.encoder.layers.0.self_attn";

  private static ParameterSpace full(TensorSpec... tensors) {
    return new ParameterSpace(BASE, new ParameterKind.Full(), List.of(tensors));
  }

  @Test
  void of_splitAttention_putsWeightsInOneGroupAndBiasesInAnother() {
    TensorGroups groups =
        TensorGroups.of(
            full(
                TensorSpec.of(LAYER + ".k_proj.bias", 2),
                TensorSpec.of(LAYER + ".k_proj.weight", 2, 2),
                TensorSpec.of(LAYER + ".out_proj.bias", 2),
                TensorSpec.of(LAYER + ".out_proj.weight", 2, 2),
                TensorSpec.of(LAYER + ".q_proj.bias", 2),
                TensorSpec.of(LAYER + ".q_proj.weight", 2, 2),
                TensorSpec.of(LAYER + ".v_proj.bias", 2),
                TensorSpec.of(LAYER + ".v_proj.weight", 2, 2)));

    assertThat(groups.names())
        .containsExactly(
            LAYER + ".in_proj_bias",
            LAYER + ".in_proj_weight",
            LAYER + ".out_proj.bias",
            LAYER + ".out_proj.weight");
    assertThat(groups.size(0)).isEqualTo(6);
    assertThat(groups.size(1)).isEqualTo(12);
    assertThat(groups.groupOf(7)).isEqualTo(1);
  }

  @Test
  void of_twoAttentions_keepsThemApart() {
    TensorGroups groups =
        TensorGroups.of(
            full(
                TensorSpec.of("layers.0.self_attn.q_proj.weight", 2),
                TensorSpec.of("layers.1.self_attn.q_proj.weight", 2)));

    assertThat(groups.count()).isEqualTo(2);
  }

  @Test
  void of_fusedAttention_hasTheNamesOfTheSplitOne() {
    TensorGroups groups =
        TensorGroups.of(
            full(
                TensorSpec.of(LAYER + ".in_proj_bias", 6),
                TensorSpec.of(LAYER + ".in_proj_weight", 6, 2)));

    assertThat(groups.names()).containsExactly(LAYER + ".in_proj_bias", LAYER + ".in_proj_weight");
  }

  @Test
  void of_adapter_makesEveryFactorAGroup() {
    ParameterKind adapter = new ParameterKind.Adapter(List.of("q", "k"), 1, 1f, Digest.of("start"));
    TensorGroups groups =
        TensorGroups.of(
            new ParameterSpace(
                BASE,
                adapter,
                List.of(
                    TensorSpec.of(LAYER + ".k_proj.weight", 1),
                    TensorSpec.of(LAYER + ".q_proj.weight", 1))));

    assertThat(groups.count()).isEqualTo(2);
  }

  @Test
  void runs_acrossTensors_areCutAtGroupsOnly() {
    TensorGroups groups =
        TensorGroups.of(
            full(
                TensorSpec.of("a", 3),
                TensorSpec.of("l.q_proj.bias", 2),
                TensorSpec.of("l.k_proj.bias", 2),
                TensorSpec.of("b", 4)));

    assertThat(groups.runs(0, 11))
        .containsExactly(new Run(0, 0, 3), new Run(1, 3, 7), new Run(2, 7, 11));
    assertThat(groups.runs(4, 1)).containsExactly(new Run(1, 0, 1));
    assertThat(groups.runs(6, 3)).containsExactly(new Run(1, 0, 1), new Run(2, 1, 3));
  }

  @Test
  void runs_outsideTheVector_areRefused() {
    TensorGroups groups = TensorGroups.of(full(TensorSpec.of("a", 3)));

    assertThatThrownBy(() -> groups.runs(2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 coordinates from 2 (inside 3)");
  }
}
