package dev.braid.vlm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.AdapterFactors;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.ContrastiveLearner;
import dev.braid.vlm.clip.MicroClip;
import dev.braid.vlm.clip.TokenBatch;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.tensor.Device;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Compares training of adapters with training of the same linear layers with the product folded in.
 */
class AdapterTrainingTest {
  private static final ClipConfig CONFIG = MicroClip.config();
  private static final TokenBatch PROMPTS = MicroClip.prompts();
  private static final int[] LABELS = {0, 2, 1, 1};
  private static final float[] PIXELS = MicroClip.pixels(LABELS.length, 3);
  private static final int RANK = 2;
  private static final float SCALE = 0.7f;

  private static final List<String> LINEARS =
      AdapterFactors.linears(CONFIG.tensors(), List.of("mlp.fc1", "mlp.fc2", "q_proj"));
  private static final List<TensorSpec> FACTORS =
      AdapterFactors.of(CONFIG.tensors(), LINEARS, RANK);

  @Test
  void gradients_ofTheFactors_followFromThoseOfTheFoldedLinears() throws IOException {
    Map<String, float[]> factors = random(0.3f);
    Map<String, float[]> folded = folded(base(), factors);
    Map<String, float[]> full;
    try (ContrastiveLearner learner =
        new ContrastiveLearner(
            CONFIG,
            weights(folded, CONFIG.tensors()),
            CONFIG.trained(),
            settings(),
            PROMPTS.distinctIds())) {
      full = values(learner.gradients(PIXELS, LABELS, PROMPTS));
    }
    Map<String, float[]> low;
    try (ContrastiveLearner learner = adapted(factors)) {
      low = values(learner.gradients(PIXELS, LABELS, PROMPTS));
    }

    assertThat(low).hasSize(FACTORS.size());
    for (TensorSpec weight : CONFIG.tensors()) {
      String linear = AdapterFactors.linear(weight);
      if (LINEARS.contains(linear) && weight.shape().size() == 2) {
        int outputs = Math.toIntExact(weight.shape().get(0));
        int inputs = Math.toIntExact(weight.shape().get(1));
        float[] g = of(full, weight.name());
        float[] a = of(factors, AdapterFactors.a(linear));
        float[] b = of(factors, AdapterFactors.b(linear));
        // dL/dA = scale · Bᵀ · dL/dW and dL/dB = scale · dL/dW · Aᵀ.
        for (int k = 0; k < RANK; k++) {
          for (int j = 0; j < inputs; j++) {
            double sum = 0;
            for (int i = 0; i < outputs; i++) {
              sum += (double) b[i * RANK + k] * g[i * inputs + j];
            }
            assertThat((double) of(low, AdapterFactors.a(linear))[k * inputs + j])
                .isCloseTo(SCALE * sum, within(2e-6));
          }
          for (int i = 0; i < outputs; i++) {
            double sum = 0;
            for (int j = 0; j < inputs; j++) {
              sum += (double) g[i * inputs + j] * a[k * inputs + j];
            }
            assertThat((double) of(low, AdapterFactors.b(linear))[i * RANK + k])
                .isCloseTo(SCALE * sum, within(2e-6));
          }
        }
      }
    }
  }

  @Test
  void step_lowersTheLossAndMovesNothingButFactors() throws IOException {
    Map<String, float[]> base = base();
    try (ContrastiveLearner learner = adapted(random(0))) {
      float first = learner.step(PIXELS, LABELS, PROMPTS, 1e-2);
      float last = first;
      for (int step = 0; step < 100; step++) {
        last = learner.step(PIXELS, LABELS, PROMPTS, 1e-2);
      }

      assertThat(last).isLessThan(0.9f * first);
      base.forEach(
          (name, values) -> assertThat(learner.learner().values(name)).containsExactly(values));
      // The model and its adapters, and two moments for each factor.
      assertThat(learner.learner().openTensors()).isEqualTo(base.size() + 3 * FACTORS.size());
    }
  }

  private static ContrastiveLearner adapted(Map<String, float[]> factors) throws IOException {
    Map<String, float[]> all = new LinkedHashMap<>(base());
    all.putAll(factors);
    List<TensorSpec> specs = new ArrayList<>(CONFIG.tensors());
    specs.addAll(FACTORS);
    return new ContrastiveLearner(
        Device.CPU, CONFIG, weights(all, specs), FACTORS, SCALE, settings(), PROMPTS.distinctIds());
  }

  private static TrainSettings settings() {
    return new TrainSettings(4, 200, 0, 1e-2, 0.2, 0.9, 0.999, 1e-8, 0, 0);
  }

  /** Random factors; those of B have this deviation. */
  private static Map<String, float[]> random(float size) {
    Random random = new Random(5);
    Map<String, float[]> factors = new LinkedHashMap<>();
    for (TensorSpec factor : FACTORS) {
      float[] values = new float[Math.toIntExact(factor.size())];
      for (int j = 0; j < values.length; j++) {
        boolean isA = factor.name().endsWith(AdapterFactors.a(""));
        values[j] = (float) random.nextGaussian() * (isA ? 0.3f : size);
      }
      factors.put(factor.name(), values);
    }
    return factors;
  }

  private static Map<String, float[]> folded(
      Map<String, float[]> base, Map<String, float[]> factors) {
    for (String linear : LINEARS) {
      float[] weight = of(base, linear + ".weight");
      float[] a = of(factors, AdapterFactors.a(linear));
      float[] b = of(factors, AdapterFactors.b(linear));
      int inputs = a.length / RANK;
      for (int place = 0; place < weight.length; place++) {
        double product = 0;
        for (int k = 0; k < RANK; k++) {
          product += (double) b[place / inputs * RANK + k] * a[k * inputs + place % inputs];
        }
        weight[place] = (float) (weight[place] + SCALE * product);
      }
    }
    return base;
  }

  private static Map<String, float[]> base() throws IOException {
    Map<String, float[]> values = new LinkedHashMap<>();
    MicroClip.weights(CONFIG, 1)
        .forEach(tensor -> values.put(tensor.spec().name(), tensor.values().clone()));
    return values;
  }

  private static Map<String, float[]> values(List<NamedTensor> tensors) {
    Map<String, float[]> values = new LinkedHashMap<>();
    tensors.forEach(tensor -> values.put(tensor.spec().name(), tensor.values()));
    return values;
  }

  private static float[] of(Map<String, float[]> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static Weights weights(Map<String, float[]> values, List<TensorSpec> specs) {
    return new Weights() {
      @Override
      public List<TensorSpec> tensors() {
        return specs;
      }

      @Override
      public void forEach(Reader reader) throws IOException {
        for (TensorSpec spec : specs) {
          reader.accept(new NamedTensor(spec, of(values, spec.name()).clone()));
        }
      }
    };
  }
}
