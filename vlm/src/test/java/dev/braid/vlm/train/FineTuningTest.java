package dev.braid.vlm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.ClipDefinition;
import dev.braid.vlm.clip.MicroClip;
import dev.braid.vlm.tensor.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FineTuningTest {
  private static final ClipDefinition MICRO = MicroClip.definition();
  private static final List<String> PROMPTS = List.of("a b", "c", "b b d");
  private static final int STEPS = 6;
  private static final ParameterSpace SPACE =
      new ParameterSpace(Digest.of("a base"), new ParameterKind.Full(), MICRO.config().trained());

  private static TrainSettings settings(long seed) {
    return new TrainSettings(5, STEPS, 2, 1e-2, 0.2, 0.9, 0.999, 1e-8, 0, seed);
  }

  private static FineTuning start(long seed) throws IOException {
    Weights weights = MicroClip.weights(MICRO.config(), 1);
    return MICRO.startTraining(Device.CPU, weights, SPACE, settings(seed), PROMPTS);
  }

  private static List<Picture> pictures() {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pictures.add(new Picture(100 + i, i % 3, MicroClip.picture(i)));
    }
    return pictures;
  }

  private static float[] trained(long seed) throws IOException {
    try (FineTuning training = start(seed)) {
      training.run(STEPS, pictures(), FineTuning.Progress.NONE);
      return vector(training, StateVector.WEIGHTS);
    }
  }

  private static float[] vector(FineTuning training, StateVector vector) {
    float[] values = new float[(int) training.state().coordinates()];
    training.state().copyOut(vector, 0, values, values.length);
    return values;
  }

  @Test
  void run_withTheSameSeed_givesTheSameBits() throws IOException {
    float[] first = trained(1);
    assertThat(trained(1)).isEqualTo(first);
    assertThat(trained(2)).isNotEqualTo(first);
  }

  @Test
  void run_onPicturesInAnotherOrder_givesTheSameBits() throws IOException {
    List<Picture> shuffled = pictures();
    Collections.shuffle(shuffled, new Random(9));
    try (FineTuning training = start(1)) {
      training.run(STEPS, shuffled, FineTuning.Progress.NONE);
      assertThat(vector(training, StateVector.WEIGHTS)).isEqualTo(trained(1));
    }
  }

  @Test
  void run_besideOtherTrainings_givesTheSameBitsAsAlone() throws Exception {
    List<float[]> alone = List.of(trained(1), trained(2), trained(3));
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 3; round++) {
        List<Future<float[]>> together = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
          long own = seed;
          together.add(threads.submit(() -> trained(own)));
        }
        for (int i = 0; i < 3; i++) {
          assertThat(together.get(i).get()).isEqualTo(alone.get(i));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void run_fromASavedState_givesTheBitsOfTheUninterruptedRun() throws IOException {
    try (FineTuning whole = start(1);
        FineTuning interrupted = start(1);
        FineTuning resumed = start(1)) {
      whole.run(STEPS, pictures(), FineTuning.Progress.NONE);
      interrupted.run(2, pictures(), FineTuning.Progress.NONE);

      copyInRowsOf(97, interrupted.state(), resumed.state());
      resumed.run(STEPS - 2, pictures(), FineTuning.Progress.NONE);

      assertThat(resumed.state().step()).isEqualTo(STEPS);
      for (StateVector vector : StateVector.values()) {
        assertThat(vector(resumed, vector)).isEqualTo(vector(whole, vector));
      }
    }
  }

  @Test
  void run_interrupted_endsAfterTheStepAtHand() throws IOException {
    try (FineTuning training = start(1)) {
      FineTuning.Progress interrupting =
          (step, loss, rate) -> {
            if (step == 1) {
              Thread.currentThread().interrupt();
            }
          };

      assertThatThrownBy(() -> training.run(STEPS, pictures(), interrupting))
          .isInstanceOf(CancellationException.class)
          .hasMessage("Cancelled the training after step 2 of 6: its thread was interrupted");

      assertThat(Thread.interrupted()).isTrue();
      assertThat(training.state().step()).isEqualTo(2);
      training.run(STEPS - 2, pictures(), FineTuning.Progress.NONE);
      assertThat(vector(training, StateVector.WEIGHTS)).isEqualTo(trained(1));
    } finally {
      var unused = Thread.interrupted();
    }
  }

  private static void copyInRowsOf(int length, TrainState from, TrainState to) {
    float[] row = new float[length];
    for (StateVector vector : StateVector.values()) {
      for (long start = 0; start < from.coordinates(); start += length) {
        int count = (int) Math.min(length, from.coordinates() - start);
        from.copyOut(vector, start, row, count);
        to.copyIn(vector, start, row, count);
      }
    }
    to.resumeAt(from.step());
  }

  @Test
  void state_rangeBehindTheEnd_refuses() throws IOException {
    try (FineTuning training = start(1)) {
      long end = training.state().coordinates();
      assertThatThrownBy(
              () -> training.state().copyOut(StateVector.WEIGHTS, end - 2, new float[4], 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Invalid range: 3 coordinates from %s, row of 4 (there are %s coordinates)"
                  .formatted(end - 2, end));
    }
  }

  @Test
  void state_atTheStart_isTheFlattenedWeights() throws IOException {
    List<Float> expected = new ArrayList<>();
    List<String> trained = SPACE.tensors().stream().map(TensorSpec::name).toList();
    MicroClip.weights(MICRO.config(), 1)
        .forEach(
            tensor -> {
              if (trained.contains(tensor.spec().name())) {
                for (float value : tensor.values()) {
                  expected.add(value);
                }
              }
            });
    try (FineTuning training = start(1)) {
      float[] weights = vector(training, StateVector.WEIGHTS);
      assertThat(weights).hasSize(expected.size());
      for (int i = 0; i < weights.length; i++) {
        assertThat(weights[i]).isEqualTo(expected.get(i));
      }
    }
  }

  @Test
  void run_tellsEveryStep() throws IOException {
    List<Integer> steps = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    try (FineTuning training = start(1)) {
      training.run(
          3,
          pictures(),
          (step, loss, rate) -> {
            steps.add(step);
            rates.add(rate);
            assertThat(loss).isPositive();
          });
    }
    assertThat(steps).containsExactly(0, 1, 2);
    assertThat(rates).containsExactly(0.005, 0.01, 0.01);
  }

  @Test
  void run_onWeightsThatAreNoNumbers_saysWhatToDo() throws IOException {
    Weights broken =
        new Weights() {
          @Override
          public List<TensorSpec> tensors() {
            return MICRO.config().tensors();
          }

          @Override
          public void forEach(Reader reader) throws IOException {
            for (TensorSpec spec : tensors()) {
              float[] values = new float[(int) spec.size()];
              Arrays.fill(values, Float.NaN);
              reader.accept(new NamedTensor(spec, values));
            }
          }
        };
    try (FineTuning training =
        MICRO.startTraining(Device.CPU, broken, SPACE, settings(1), PROMPTS)) {
      assertThatThrownBy(() -> training.run(1, pictures(), FineTuning.Progress.NONE))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessage(
              "Cannot go on training: the loss is NaN at step 0 with learning rate 0.005; use a"
                  + " smaller learning rate or a longer warm-up");
      assertThat(training.state().step()).isZero();
    }
  }

  @Test
  void run_whoseLastUpdateOverflows_refuses() throws IOException {
    TrainSettings wild = new TrainSettings(5, 2, 0, 3e38, 0.2, 0.9, 0.999, 1e-8, 1e-3, 1);
    Weights weights = MicroClip.weights(MICRO.config(), 1);
    try (FineTuning training = MICRO.startTraining(Device.CPU, weights, SPACE, wild, PROMPTS)) {
      assertThatThrownBy(() -> training.run(1, pictures(), FineTuning.Progress.NONE))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("a weight is");
    }
  }

  @Test
  void run_onALabelWithoutPrompt_refuses() throws IOException {
    try (FineTuning training = start(1)) {
      List<Picture> pictures = List.of(new Picture(7, 3, MicroClip.picture(1)));
      assertThatThrownBy(() -> training.run(1, pictures, FineTuning.Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid label of picture 7: 3 (below 3, the number of prompts)");
    }
  }
}
