package dev.braid.vlm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.vlm.clip.ContrastiveLearner;
import dev.braid.vlm.clip.MicroClip;
import dev.braid.vlm.clip.TokenBatch;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.tensor.Compute;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.tensor.Devices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerTest {
  private static final ClipConfig CONFIG = MicroClip.config();
  private static final TokenBatch PROMPTS = MicroClip.prompts();
  private static final int[] LABELS = {0, 2, 1, 1};
  private static final float[] PIXELS = MicroClip.pixels(LABELS.length, 3);

  private static ContrastiveLearner learner(double weightDecay) throws IOException {
    TrainSettings settings =
        new TrainSettings(4, 50, 0, 1e-3, 0.2, 0.9, 0.999, 1e-8, weightDecay, 0);
    return new ContrastiveLearner(
        CONFIG, MicroClip.weights(CONFIG, 1), CONFIG.trained(), settings, PROMPTS.distinctIds());
  }

  @Test
  void step_leavesNothingOpenBehind() throws IOException {
    leavesNothingOpenBehind(learner(0));
  }

  @Test
  void step_onADeviceThatShowsCopies_leavesNothingOpenBehind() throws IOException {
    TrainSettings settings = new TrainSettings(4, 50, 0, 1e-3, 0.2, 0.9, 0.999, 1e-8, 0, 0);
    leavesNothingOpenBehind(learner(Devices.copyingCpu(), settings));
  }

  private static void leavesNothingOpenBehind(ContrastiveLearner started) {
    try (ContrastiveLearner learner = started) {
      learner.step(PIXELS, LABELS, PROMPTS, 1e-3);
      int open = learner.learner().openTensors();
      for (int step = 1; step < 50; step++) {
        learner.step(PIXELS, LABELS, PROMPTS, 1e-3);
        assertThat(learner.learner().openTensors()).isEqualTo(open);
      }
      // The model, and two moments for each trained tensor.
      assertThat(open).isEqualTo(CONFIG.tensors().size() + 2 * CONFIG.trained().size());
    }
  }

  @Test
  void step_lowersTheLoss() throws IOException {
    try (ContrastiveLearner learner = learner(0)) {
      float first = learner.step(PIXELS, LABELS, PROMPTS, 1e-2);
      float last = first;
      for (int step = 0; step < 200; step++) {
        last = learner.step(PIXELS, LABELS, PROMPTS, 1e-2);
      }
      // Smoothed targets of 0.87, 0.07 and 0.07 have an entropy of 0.49: no loss is below that.
      assertThat(last).isLessThan(0.7f).isLessThan(first);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void gradients_ofMicroBatches_areThoseOfTheBatch(int microBatch) throws IOException {
    assertThat(distance(gradients(microBatch), gradients(LABELS.length))).isLessThan(1e-6);
  }

  /** The length of the difference, divided by the expected one's. */
  private static double distance(List<NamedTensor> actual, List<NamedTensor> expected) {
    double difference = 0;
    double length = 0;
    for (int i = 0; i < expected.size(); i++) {
      float[] values = expected.get(i).values();
      for (int j = 0; j < values.length; j++) {
        difference += Math.pow(actual.get(i).values()[j] - values[j], 2);
        length += Math.pow(values[j], 2);
      }
    }
    return Math.sqrt(difference / length);
  }

  private static List<NamedTensor> gradients(int microBatch) throws IOException {
    try (ContrastiveLearner learner = learner(microBatch, Compute.FLOAT32)) {
      return learner.gradients(PIXELS, LABELS, PROMPTS);
    }
  }

  private static ContrastiveLearner learner(int microBatch, Compute compute) throws IOException {
    TrainSettings settings =
        new TrainSettings(4, microBatch, compute, 50, 0, 1e-3, 0.2, 0.9, 0.999, 1e-8, 0, 0);
    return new ContrastiveLearner(
        CONFIG, MicroClip.weights(CONFIG, 1), CONFIG.trained(), settings, PROMPTS.distinctIds());
  }

  @Test
  void gradients_inBfloat16_areThoseOfFloat32ButForTheirThirdDigit() throws IOException {
    try (ContrastiveLearner coarse = learner(4, Compute.BFLOAT16)) {
      List<NamedTensor> gradients = coarse.gradients(PIXELS, LABELS, PROMPTS);

      // One rounding is off by up to 2^-9 = 0.002; a gradient has come through some dozens.
      assertThat(distance(gradients, gradients(4))).isBetween(1e-3, 3e-2);
    }
  }

  @Test
  void step_onADeviceThatShowsCopies_givesTheSameStateButForRounding() throws IOException {
    Map<StateVector, float[]> expected = stateAfterSteps(Device.CPU);
    Map<StateVector, float[]> actual = stateAfterSteps(Devices.copyingCpu());

    expected.forEach(
        (vector, values) ->
            assertThat(actual.get(vector))
                .as("%s", vector)
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(values));
  }

  private static Map<StateVector, float[]> stateAfterSteps(Device device) throws IOException {
    // The epsilon keeps AdamW from making steps of gradients that are only rounding.
    TrainSettings settings = new TrainSettings(4, 50, 0, 1e-3, 0.2, 0.9, 0.999, 1e-2, 0.01, 0);
    Map<StateVector, float[]> state = new EnumMap<>(StateVector.class);
    try (ContrastiveLearner learner = learner(device, settings)) {
      for (int step = 0; step < 5; step++) {
        learner.step(PIXELS, LABELS, PROMPTS, 1e-2);
      }
      for (StateVector vector : StateVector.values()) {
        float[] row = new float[(int) learner.learner().state().coordinates()];
        learner.learner().state().copyOut(vector, 0, row, row.length);
        state.put(vector, row);
      }
    }
    return state;
  }

  private static ContrastiveLearner learner(Device device, TrainSettings settings)
      throws IOException {
    return new ContrastiveLearner(
        device,
        CONFIG,
        MicroClip.weights(CONFIG, 1),
        CONFIG.trained(),
        /* adapterScale= */ 1,
        settings,
        PROMPTS.distinctIds());
  }

  @Test
  void step_inBfloat16_givesTheSameBitsAgain() throws IOException {
    assertThat(lossesInBfloat16()).isEqualTo(lossesInBfloat16());
  }

  private static List<Float> lossesInBfloat16() throws IOException {
    List<Float> losses = new ArrayList<>();
    try (ContrastiveLearner learner = learner(4, Compute.BFLOAT16)) {
      for (int step = 0; step < 8; step++) {
        losses.add(learner.step(PIXELS, LABELS, PROMPTS, 1e-2));
      }
    }
    return losses;
  }

  @Test
  void step_inBfloat16_keepsWeightsInFloat32() throws IOException {
    float rate = 1e-5f; // in bfloat16 the neighbours of 0.3 are 2e-3 apart
    try (ContrastiveLearner learner = learner(4, Compute.BFLOAT16)) {
      String moved = "vision_model.encoder.layers.0.mlp.fc1.weight";
      float[] before = learner.learner().values(moved);

      learner.step(PIXELS, LABELS, PROMPTS, rate);

      float[] after = learner.learner().values(moved);
      assertThat(after).isNotEqualTo(before);
      for (int i = 0; i < after.length; i++) {
        // AdamW's first step goes by at most the learning rate.
        assertThat(after[i]).isCloseTo(before[i], within(1.01f * rate));
      }
    }
  }

  @Test
  void step_ofATensorThatNoPromptReaches_movesIt() throws IOException {
    List<TensorSpec> visual =
        CONFIG.tensors().stream().filter(t -> t.name().equals("visual_projection.weight")).toList();
    TrainSettings settings = new TrainSettings(4, 50, 0, 0.1, 0.2, 0.9, 0.999, 1e-8, 0, 0);
    try (ContrastiveLearner learner =
        new ContrastiveLearner(
            CONFIG, MicroClip.weights(CONFIG, 1), visual, settings, PROMPTS.distinctIds())) {
      float[] before = learner.learner().values("visual_projection.weight");

      learner.step(PIXELS, LABELS, PROMPTS, 0.1);

      assertThat(learner.learner().values("visual_projection.weight")).isNotEqualTo(before);
    }
  }

  @Test
  void step_mayTrainTheFactorOfTheLogitsToo() throws IOException {
    TrainSettings settings = new TrainSettings(4, 50, 0, 0.1, 0.2, 0.9, 0.999, 1e-8, 0, 0);
    try (ContrastiveLearner learner =
        new ContrastiveLearner(
            CONFIG,
            MicroClip.weights(CONFIG, 1),
            CONFIG.tensors(),
            settings,
            PROMPTS.distinctIds())) {
      Trained scale = learner.learner().state().tensors().get(0);
      assertThat(scale.spec().name()).isEqualTo(ClipConfig.LOGIT_SCALE);
      float before = scale.weights().toArray()[0];

      learner.step(PIXELS, LABELS, PROMPTS, 0.1);

      // AdamW's first step goes by the learning rate, whatever the gradient's size.
      assertThat(Math.abs(scale.weights().toArray()[0] - before)).isCloseTo(0.1f, within(1e-5f));
    }
  }

  @Test
  void step_withoutDecay_movesNoRowOfATokenThatNoPromptHas() throws IOException {
    float[] table = tokenTable(0);
    float[] decayed = tokenTable(0.5);
    float[] before = new float[table.length];
    MicroClip.weights(CONFIG, 1)
        .forEach(
            tensor -> {
              if (isTokenTable(tensor)) {
                System.arraycopy(tensor.values(), 0, before, 0, before.length);
              }
            });
    int width = CONFIG.text().encoder().width();
    int unused = 10 * width;
    int used = 4 * width;
    assertThat(table[unused]).isEqualTo(before[unused]);
    assertThat(table[used]).isNotEqualTo(before[used]);
    assertThat(decayed[unused]).isCloseTo(before[unused] * (1 - 0.1f * 0.5f), within(1e-6f));
  }

  private static float[] tokenTable(double weightDecay) throws IOException {
    try (ContrastiveLearner learner = learner(weightDecay)) {
      learner.step(PIXELS, LABELS, PROMPTS, 0.1);
      for (Trained tensor : learner.learner().state().tensors()) {
        if (tensor.spec().name().contains("token_embedding")) {
          return tensor.weights().toArray();
        }
      }
    }
    throw new AssertionError("no token table");
  }

  private static boolean isTokenTable(NamedTensor tensor) {
    return tensor.spec().name().contains("token_embedding");
  }
}
