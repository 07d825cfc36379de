package dev.braid.vlm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.AdapterFactors;
import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.ClipDefinition;
import dev.braid.vlm.clip.MicroClip;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.train.Alignment.Reset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds alignment to the identities of METHODS 3, over adapters and over all weights. */
class AlignmentTest {
  private static final ClipDefinition MICRO = MicroClip.definition();
  private static final Weights BASE = MicroClip.weights(MICRO.config(), 1);
  private static final Digest DIGEST = Digest.of("a base");
  private static final int STEPS = 7;
  private static final int EVERY = 3;
  private static final double SHARE = 0.5;

  private static final ParameterSpace FULL =
      new ParameterSpace(DIGEST, new ParameterKind.Full(), MICRO.config().trained());
  private static final ParameterSpace LORA = lora();

  private static ParameterSpace lora() {
    List<TensorSpec> base = MICRO.config().tensors();
    List<String> linears = AdapterFactors.linears(base, List.of("mlp.fc1", "mlp.fc2"));
    return new ParameterSpace(
        DIGEST,
        new ParameterKind.Adapter(linears, 2, 0.7f, Digest.of("a start")),
        AdapterFactors.of(base, linears, 2));
  }

  @Test
  void align_whereGuardedSignsTurned_setsWeightsAndMomentsBackAndNothingElse() throws IOException {
    for (ParameterSpace space : List.of(LORA, FULL)) {
      for (Reset reset : Reset.values()) {
        try (FineTuning before = start(space);
            FineTuning after = aligned(space, SHARE, reset)) {
          before.run(EVERY, pictures(), FineTuning.Progress.NONE);
          List<Conflicts> reported = run(after, EVERY);
          Expected expected = new Expected(space, before, reset);

          assertThat(reported)
              .containsExactly(new Conflicts(EVERY, expected.inside(), expected.overall()));
          assertThat(expected.inside()).isBetween(0.01, 0.99);
          assertThat(vector(after, StateVector.WEIGHTS)).isEqualTo(expected.weights);
          assertThat(vector(after, StateVector.FIRST_MOMENTS)).isEqualTo(expected.first);
          assertThat(vector(after, StateVector.SECOND_MOMENTS)).isEqualTo(expected.second);
          assertThat(new Expected(space, after, reset).inside()).isZero();
        }
      }
    }
  }

  /** The result of the simplest loops on a state. */
  private static final class Expected {
    final float[] weights;
    final float[] first;
    final float[] second;
    private int guarded;
    private int inside;
    private int all;

    Expected(ParameterSpace space, FineTuning training, Reset reset) throws IOException {
      weights = vector(training, StateVector.WEIGHTS);
      first = vector(training, StateVector.FIRST_MOMENTS);
      second = vector(training, StateVector.SECOND_MOMENTS);
      float[] start = flattened(startOf(space), space);
      float[] zero = space.equals(FULL) ? flattened(BASE, space) : new float[start.length];
      int from = 0;
      for (TensorSpec tensor : space.tensors()) {
        int to = from + (int) tensor.size();
        float[] signed = new float[to - from];
        for (int j = from; j < to; j++) {
          signed[j - from] = start[j] - zero[j];
        }
        Set<Integer> mask = LargestEntriesTest.sorted(signed, SHARE);
        guarded += mask.size();
        for (int j = from; j < to; j++) {
          boolean turned = Math.signum(weights[j] - zero[j]) * Math.signum(signed[j - from]) < 0;
          all += turned ? 1 : 0;
          if (turned && mask.contains(j - from)) {
            inside++;
            weights[j] = reset == Reset.GLOBAL ? start[j] : zero[j];
            first[j] = 0;
            second[j] = 0;
          }
        }
        from = to;
      }
    }

    double inside() {
      return (double) inside / guarded;
    }

    double overall() {
      return (double) all / weights.length;
    }
  }

  @Test
  void run_aligned_tellsOfEveryAlignmentButNoneBehindTheLastStep() throws IOException {
    try (FineTuning training = aligned(LORA, SHARE, Reset.GLOBAL)) {
      assertThat(run(training, STEPS)).extracting(Conflicts::step).containsExactly(3, 6);
    }
    Alignment atTheEnd = new Alignment(SHARE, STEPS, Reset.GLOBAL);
    try (FineTuning training = start(LORA)) {
      training.align(atTheEnd, BASE);
      assertThat(run(training, STEPS)).isEmpty();
    }
  }

  @Test
  void run_guardingNothing_givesTheBitsOfThePlainTraining() throws IOException {
    for (ParameterSpace space : List.of(LORA, FULL)) {
      try (FineTuning plain = start(space);
          FineTuning guardless = aligned(space, 0, Reset.ZERO)) {
        plain.run(STEPS, pictures(), FineTuning.Progress.NONE);
        List<Conflicts> reported = run(guardless, STEPS);

        assertThat(reported).extracting(Conflicts::insideMask).containsExactly(0.0, 0.0);
        assertThat(reported).allSatisfy(each -> assertThat(each.overall()).isPositive());
        for (StateVector vector : StateVector.values()) {
          assertThat(vector(guardless, vector)).isEqualTo(vector(plain, vector));
        }
      }
    }
  }

  @Test
  void run_resumedFromASavedState_givesTheBitsOfTheUninterruptedRun() throws IOException {
    for (ParameterSpace space : List.of(LORA, FULL)) {
      try (FineTuning whole = aligned(space, SHARE, Reset.GLOBAL);
          FineTuning interrupted = aligned(space, SHARE, Reset.GLOBAL);
          FineTuning resumed = aligned(space, SHARE, Reset.GLOBAL)) {
        List<Conflicts> reported = run(whole, STEPS);
        List<Conflicts> inParts = new ArrayList<>(run(interrupted, 4));
        for (StateVector vector : StateVector.values()) {
          float[] saved = vector(interrupted, vector);
          resumed.state().copyIn(vector, 0, saved, saved.length);
        }
        resumed.state().resumeAt(4);
        inParts.addAll(run(resumed, STEPS - 4));

        assertThat(inParts).isEqualTo(reported);
        for (StateVector vector : StateVector.values()) {
          assertThat(vector(resumed, vector)).isEqualTo(vector(whole, vector));
        }
      }
    }
  }

  @Test
  void align_behindTheFirstStep_refuses() throws IOException {
    try (FineTuning training = start(LORA)) {
      training.run(1, pictures(), FineTuning.Progress.NONE);
      assertThatThrownBy(() -> training.align(new Alignment(SHARE, EVERY, Reset.ZERO), BASE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Cannot align a training: 1 steps are done (0)");
    }
  }

  @Test
  void alignment_outOfRange_refuses() {
    assertThatThrownBy(() -> new Alignment(1.5, 1, Reset.ZERO))
        .hasMessage("Invalid share of an alignment: 1.5 (0 to 1)");
    assertThatThrownBy(() -> new Alignment(Double.NaN, 1, Reset.ZERO))
        .hasMessage("Invalid share of an alignment: NaN (0 to 1)");
    assertThatThrownBy(() -> new Alignment(0.5, 0, Reset.ZERO))
        .hasMessage("Invalid steps between alignments: 0 (at least 1)");
    assertThatThrownBy(() -> Reset.of("one")).hasMessage("Invalid reset: one (global or zero)");
    assertThat(Alignment.usualSteps(1000)).isEqualTo(100);
    assertThat(Alignment.usualSteps(7)).isEqualTo(1);
  }

  private static FineTuning aligned(ParameterSpace space, double share, Reset reset)
      throws IOException {
    FineTuning training = start(space);
    training.align(new Alignment(share, EVERY, reset), BASE);
    return training;
  }

  private static FineTuning start(ParameterSpace space) throws IOException {
    TrainSettings settings =
        new TrainSettings(5, STEPS, 0, 1e-2, 0.2, 0.9, 0.999, 1e-8, 0, /* seed= */ 3);
    return MICRO.startTraining(
        Device.CPU, startOf(space), space, settings, List.of("a b", "c", "b b d"));
  }

  private static List<Conflicts> run(FineTuning training, int steps) throws IOException {
    List<Conflicts> reported = new ArrayList<>();
    training.run(
        steps,
        pictures(),
        new FineTuning.Progress() {
          @Override
          public void stepped(int step, float loss, double rate) {}

          @Override
          public void aligned(Conflicts conflicts) {
            reported.add(conflicts);
          }
        });
    return reported;
  }

  private static List<Picture> pictures() {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pictures.add(new Picture(i, i % 3, MicroClip.picture(i)));
    }
    return pictures;
  }

  private static float[] vector(FineTuning training, StateVector vector) {
    float[] values = new float[(int) training.state().coordinates()];
    training.state().copyOut(vector, 0, values, values.length);
    return values;
  }

  /** The base with small changes, and adapters if any; every third entry is unchanged. */
  private static Weights startOf(ParameterSpace space) {
    List<TensorSpec> specs = new ArrayList<>(MICRO.config().tensors());
    if (space.equals(LORA)) {
      specs.addAll(LORA.tensors());
    }
    return new Weights() {
      @Override
      public List<TensorSpec> tensors() {
        return specs;
      }

      @Override
      public void forEach(Reader reader) throws IOException {
        Random random = new Random(4);
        BASE.forEach(tensor -> reader.accept(space.equals(LORA) ? tensor : moved(tensor, random)));
        for (TensorSpec factor : specs.subList(MICRO.config().tensors().size(), specs.size())) {
          reader.accept(moved(new NamedTensor(factor, new float[(int) factor.size()]), random));
        }
      }
    };
  }

  private static NamedTensor moved(NamedTensor tensor, Random random) {
    float[] values = tensor.values().clone();
    for (int j = 0; j < values.length; j++) {
      values[j] += j % 3 == 0 ? 0 : 0.02f * (float) random.nextGaussian();
    }
    return new NamedTensor(tensor.spec(), values);
  }

  private static float[] flattened(Weights weights, ParameterSpace space) throws IOException {
    float[] flat = new float[(int) space.coordinates()];
    int[] next = {0};
    weights.forEach(
        tensor -> {
          if (space.tensors().contains(tensor.spec())) {
            System.arraycopy(tensor.values(), 0, flat, next[0], tensor.values().length);
            next[0] += tensor.values().length;
          }
        });
    assertThat(next[0]).isEqualTo(flat.length);
    return Arrays.copyOf(flat, next[0]);
  }
}
