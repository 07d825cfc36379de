package dev.braid.vlm.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.vlm.ModelDefinition.SameTokens;
import dev.braid.vlm.checkpoint.MapWeights;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipDefinitionTest {
  private static float scale(float logarithm) throws IOException {
    NamedTensor tensor =
        new NamedTensor(TensorSpec.of(ClipConfig.LOGIT_SCALE), new float[] {logarithm});
    return MicroClip.definition().logitScale(new MapWeights(List.of(tensor)));
  }

  /** The two values that published checkpoints store for ln(100), and larger ones. */
  @ParameterizedTest
  @ValueSource(floats = {4.6051702f, 4.6052f, 5, 1000})
  void logitScale_fromTheLogarithmOfAHundred_isExactlyAHundred(float logarithm) throws IOException {
    assertThat(scale(logarithm)).isEqualTo(100f);
  }

  @Test
  void logitScale_ofAnotherBase_isItsOwn() throws IOException {
    assertThat(scale((float) Math.log(1 / 0.07))).isEqualTo(14.285714f);
    assertThat(scale(0)).isEqualTo(1f);
  }

  @ParameterizedTest
  @CsvSource({"a b, A b", "a b, 'a  b'", "a b, a\u00a0b", "a b c d e f, a b c d e d"})
  void sameTokens_ofTextsTheModelCannotTellApart_areTheirPlaces(String one, String other) {
    assertThat(MicroClip.definition().sameTokens(List.of("c", one, "d", other)))
        .contains(new SameTokens(1, 3));
  }

  @Test
  void sameTokens_ofTextsThatDiffer_areNone() {
    assertThat(MicroClip.definition().sameTokens(List.of("a b", "b a", "a", "b"))).isEmpty();
  }
}
