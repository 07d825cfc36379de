package dev.braid.vlm.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.checkpoint.Activation;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.tensor.Gradients;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gradient of Σ image · textᵀ over all pairs. */
class ClipGradientTest {
  private static final int PICTURES = 2;
  private static final int PIXELS = 3 * 8 * 8;
  private static final float[] PICTURE_PIXELS = MicroClip.pixels(PICTURES, 2);

  /**
   * Against central differences of the plain loops in double: with steps of 2⁻¹⁰ these are off by
   * about 1e-6 of the tensor's gradient, float32 by as much, so 1e-4 is far from both and far below
   * any wrong term.
   */
  @ParameterizedTest
  @EnumSource
  void gradient_agreesWithDifferencesOfPlainLoops(Activation activation) throws IOException {
    ClipConfig config = MicroClip.config(activation);
    Weights weights = MicroClip.weights(config, 1);
    PlainClip plain = new PlainClip(config, weights);
    for (NamedTensor gradient : gradients(config, weights, () -> {})) {
      double largest = 0;
      for (float value : gradient.values()) {
        largest = Math.max(largest, Math.abs(value));
      }
      float[] tensor = plain.weight(gradient.spec().name());
      for (int i = 0; i < tensor.length; i += 1 + tensor.length / 7) {
        double difference = difference(plain, tensor, i) - gradient.values()[i];
        assertThat(Math.abs(difference))
            .as("%s[%s]", gradient.spec().name(), i)
            .isLessThan(1e-4 * largest + 1e-6);
      }
    }
  }

  @Test
  void gradient_afterGarbageCollection_hasTheSameBits() throws IOException {
    ClipConfig config = MicroClip.config();
    Weights weights = MicroClip.weights(config, 1);
    List<NamedTensor> undisturbed = gradients(config, weights, () -> {});
    for (int trial = 0; trial < 20; trial++) {
      List<NamedTensor> disturbed = gradients(config, weights, ClipGradientTest::disturb);
      for (int i = 0; i < undisturbed.size(); i++) {
        assertThat(disturbed.get(i).values()).isEqualTo(undisturbed.get(i).values());
      }
    }
  }

  private static double difference(PlainClip plain, float[] tensor, int i) {
    float value = tensor[i];
    tensor[i] = value + 0x1p-10f;
    double above = tensor[i];
    double sum = sum(plain);
    tensor[i] = value - 0x1p-10f;
    sum -= sum(plain);
    double step = above - tensor[i];
    tensor[i] = value;
    return sum / step;
  }

  private static double sum(PlainClip plain) {
    double sum = 0;
    for (int i = 0; i < PICTURES; i++) {
      double[] image =
          plain.image(Arrays.copyOfRange(PICTURE_PIXELS, i * PIXELS, (i + 1) * PIXELS));
      for (int[] ids : MicroClip.texts()) {
        double[] text = plain.text(ids);
        for (int d = 0; d < text.length; d++) {
          sum += image[d] * text[d];
        }
      }
    }
    return sum;
  }

  private static List<NamedTensor> gradients(
      ClipConfig config, Weights weights, Runnable beforeBackward) throws IOException {
    try (Scope scope = Scope.open()) {
      Parameters parameters = Parameters.load(scope, config.trained(), weights);
      Map<String, Tensor> leaves = new HashMap<>();
      for (TensorSpec spec : config.trained()) {
        leaves.put(spec.name(), scope.leaf(parameters.get(spec.name())));
      }
      Gradients.of(
          () -> {
            Tensor sum = sum(config, scope, parameters.with(leaves));
            beforeBackward.run();
            return sum;
          });
      List<NamedTensor> gradients = new ArrayList<>();
      for (TensorSpec spec : config.trained()) {
        Tensor leaf = parameters.with(leaves).get(spec.name());
        gradients.add(new NamedTensor(spec, leaf.gradient().toArray()));
      }
      return gradients;
    }
  }

  private static Tensor sum(ClipConfig config, Scope scope, Parameters parameters) {
    ClipNetwork network = new ClipNetwork(config);
    Tensor pixels = scope.tensor(PICTURE_PIXELS, PICTURES, 3, 8, 8);
    Tensor images = network.encodeImages(scope, parameters, pixels);
    Tensor texts = network.encodeTexts(scope, parameters, MicroClip.prompts());
    return images.matmul(texts.transpose()).sum();
  }

  /** Collects garbage and overwrites freed memory. */
  private static void disturb() {
    System.gc();
    for (int i = 0; i < 500; i++) {
      ByteBuffer.allocateDirect(4 + i % 64).putInt(0, 0x7fc00000);
    }
  }
}
