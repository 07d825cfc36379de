package dev.braid.vlm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.vlm.MicroClip;
import dev.braid.vlm.TokenBatch;
import dev.braid.vlm.checkpoint.ClipConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerTest {
  private static final ClipConfig CONFIG = MicroClip.config();
  private static final TokenBatch PROMPTS = MicroClip.prompts();
  private static final int[] LABELS = {0, 2, 1, 1};
  private static final float[] PIXELS = MicroClip.pixels(LABELS.length, 3);

  private static Learner learner(double weightDecay) throws IOException {
    TrainSettings settings =
        new TrainSettings(4, 50, 0, 1e-3, 0.2, 0.9, 0.999, 1e-8, weightDecay, 0);
    return new Learner(
        CONFIG, MicroClip.weights(CONFIG, 1), CONFIG.trained(), settings, PROMPTS.distinctIds());
  }

  @Test
  void step_leavesNothingOpenBehind() throws IOException {
    try (Learner learner = learner(0)) {
      learner.step(PIXELS, LABELS, PROMPTS, 1e-3);
      int open = learner.openTensors();
      for (int step = 1; step < 50; step++) {
        learner.step(PIXELS, LABELS, PROMPTS, 1e-3);
        assertThat(learner.openTensors()).isEqualTo(open);
      }
      // The model, and two moments for each trained tensor.
      assertThat(open).isEqualTo(CONFIG.tensors().size() + 2 * CONFIG.trained().size());
    }
  }

  @Test
  void step_lowersTheLoss() throws IOException {
    try (Learner learner = learner(0)) {
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
    List<NamedTensor> whole = gradients(LABELS.length);
    List<NamedTensor> summed = gradients(microBatch);

    double difference = 0;
    double length = 0;
    for (int i = 0; i < whole.size(); i++) {
      float[] expected = whole.get(i).values();
      for (int j = 0; j < expected.length; j++) {
        difference += Math.pow(summed.get(i).values()[j] - expected[j], 2);
        length += Math.pow(expected[j], 2);
      }
    }
    assertThat(Math.sqrt(difference / length)).isLessThan(1e-6);
  }

  private static List<NamedTensor> gradients(int microBatch) throws IOException {
    TrainSettings settings =
        new TrainSettings(4, microBatch, 50, 0, 1e-3, 0.2, 0.9, 0.999, 1e-8, 0, 0);
    try (Learner learner =
        new Learner(
            CONFIG,
            MicroClip.weights(CONFIG, 1),
            CONFIG.trained(),
            settings,
            PROMPTS.distinctIds())) {
      return learner.gradients(PIXELS, LABELS, PROMPTS);
    }
  }

  @Test
  void step_ofATensorThatNoPromptReaches_movesIt() throws IOException {
    List<TensorSpec> visual =
        CONFIG.tensors().stream().filter(t -> t.name().equals("visual_projection.weight")).toList();
    TrainSettings settings = new TrainSettings(4, 50, 0, 0.1, 0.2, 0.9, 0.999, 1e-8, 0, 0);
    try (Learner learner =
        new Learner(
            CONFIG, MicroClip.weights(CONFIG, 1), visual, settings, PROMPTS.distinctIds())) {
      float[] before = learner.values("visual_projection.weight");

      learner.step(PIXELS, LABELS, PROMPTS, 0.1);

      assertThat(learner.values("visual_projection.weight")).isNotEqualTo(before);
    }
  }

  @Test
  void step_mayTrainTheFactorOfTheLogitsToo() throws IOException {
    TrainSettings settings = new TrainSettings(4, 50, 0, 0.1, 0.2, 0.9, 0.999, 1e-8, 0, 0);
    try (Learner learner =
        new Learner(
            CONFIG,
            MicroClip.weights(CONFIG, 1),
            CONFIG.tensors(),
            settings,
            PROMPTS.distinctIds())) {
      Trained scale = learner.state().tensors().get(0);
      assertThat(scale.spec().name()).isEqualTo(ClipConfig.LOGIT_SCALE);
      float before = scale.weights().get(0);

      learner.step(PIXELS, LABELS, PROMPTS, 0.1);

      // AdamW's first step goes by the learning rate, whatever the gradient's size.
      assertThat(Math.abs(scale.weights().get(0) - before)).isCloseTo(0.1f, within(1e-5f));
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
    try (Learner learner = learner(weightDecay)) {
      learner.step(PIXELS, LABELS, PROMPTS, 0.1);
      for (Trained tensor : learner.state().tensors()) {
        if (tensor.spec().name().contains("token_embedding")) {
          return tensor.tensor().toArray();
        }
      }
    }
    throw new AssertionError("no token table");
  }

  private static boolean isTokenTable(NamedTensor tensor) {
    return tensor.spec().name().contains("token_embedding");
  }
}
