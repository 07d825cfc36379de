package dev.braid.vlm.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.Weights;
import dev.braid.vlm.clip.checkpoint.Activation;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipNetworkTest {
  private static final int PICTURES = 3;
  private static final int PIXELS = 3 * 8 * 8;

  @ParameterizedTest
  @CsvSource({"QUICK_GELU, false", "GELU, false", "QUICK_GELU, true", "GELU, true"})
  void encodeImages_agreesWithPlainLoops(Activation activation, boolean fused) throws IOException {
    ClipConfig config = MicroClip.config(activation);
    Weights weights = MicroClip.weights(config, 1);
    float[] pixels = MicroClip.pixels(PICTURES, 2);
    PlainClip plain = new PlainClip(config, weights);

    try (Scope scope = Scope.open()) {
      Parameters parameters = Parameters.load(scope, config.tensors(), weights);
      float[] vectors =
          network(config, fused)
              .encodeImages(scope, parameters, scope.tensor(pixels, PICTURES, 3, 8, 8))
              .toArray();
      for (int i = 0; i < PICTURES; i++) {
        float[] picture = Arrays.copyOfRange(pixels, i * PIXELS, (i + 1) * PIXELS);
        assertClose(row(vectors, i), plain.image(picture));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"QUICK_GELU, false", "GELU, false", "QUICK_GELU, true", "GELU, true"})
  void encodeTexts_agreesWithPlainLoopsOverTheWholeContext(Activation activation, boolean fused)
      throws IOException {
    ClipConfig config = MicroClip.config(activation);
    Weights weights = MicroClip.weights(config, 1);
    List<int[]> texts = MicroClip.texts();
    PlainClip plain = new PlainClip(config, weights);

    try (Scope scope = Scope.open()) {
      Parameters parameters = Parameters.load(scope, config.tensors(), weights);
      float[] vectors =
          network(config, fused)
              .encodeTexts(scope, parameters, TokenBatch.of(texts, MicroClip.ends()))
              .toArray();
      for (int i = 0; i < texts.size(); i++) {
        assertClose(row(vectors, i), plain.text(texts.get(i)));
      }
    }
  }

  @Test
  void encode_leavesNothingInTheScopeOfTheParameters() throws IOException {
    ClipConfig config = MicroClip.config();
    ClipNetwork network = new ClipNetwork(config);
    try (Scope model = Scope.open()) {
      Parameters parameters =
          Parameters.load(model, config.tensors(), MicroClip.weights(config, 1));
      int before = model.openTensors();
      try (Scope step = model.child()) {
        network.encodeImages(step, parameters, step.tensor(MicroClip.pixels(1, 3), 1, 3, 8, 8));
        network.encodeTexts(step, parameters, MicroClip.prompts());
        assertThat(step.openTensors()).isPositive();
      }
      assertThat(model.openTensors()).isEqualTo(before).isEqualTo(config.tensors().size());
    }
  }

  private static ClipNetwork network(ClipConfig config, boolean fused) {
    Attention.Kernel attention = fused ? new FusedAttention() : new PlainAttention();
    return new ClipNetwork(config, attention, attention);
  }

  private static float[] row(float[] vectors, int row) {
    int width = MicroClip.config().projectionDim();
    return Arrays.copyOfRange(vectors, row * width, (row + 1) * width);
  }

  private static void assertClose(float[] actual, double[] expected) {
    for (int d = 0; d < expected.length; d++) {
      assertThat((double) actual[d]).isCloseTo(expected[d], within(1e-5));
    }
  }
}
