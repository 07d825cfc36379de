package dev.braid.vlm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.TensorSpec;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.tensor.Devices;
import dev.braid.vlm.tensor.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdamWTest {
  private static final int SIZE = 5000; // more than two blocks, and no multiple of one

  private static TrainSettings settings(double weightDecay) {
    return new TrainSettings(1, 100, 0, 1e-2, 0, 0.8, 0.99, 1e-3, weightDecay, 0);
  }

  @ParameterizedTest
  @MethodSource("devices")
  void update_overSteps_agreesWithTheScalarFormula(Device device) {
    TrainSettings settings = settings(0.1);
    Random random = new Random(5);
    double[] w = random.doubles(SIZE, -1, 1).map(x -> (float) x).toArray();
    double[] m = new double[SIZE];
    double[] v = new double[SIZE];
    try (Scope scope = Scope.open(device)) {
      Trained tensor = trained(scope, w, new Span(0, SIZE));
      for (int step = 0; step < 20; step++) {
        double rate = 0.01 / (step + 1);
        float[] gradient = gradient(random);
        update(scope, AdamW.of(settings, step, rate), tensor, gradient);
        for (int i = 0; i < SIZE; i++) {
          m[i] = 0.8 * m[i] + 0.2 * gradient[i];
          v[i] = 0.99 * v[i] + 0.01 * gradient[i] * gradient[i];
          double mean = m[i] / (1 - Math.pow(0.8, step + 1));
          double root = Math.sqrt(v[i] / (1 - Math.pow(0.99, step + 1)));
          w[i] = w[i] * (1 - rate * 0.1) - rate * mean / (root + 1e-3);
        }
      }
      float[] weights = tensor.weights().toArray();
      float[] firstMoments = tensor.firstMoments().toArray();
      float[] secondMoments = tensor.secondMoments().toArray();
      // Twenty float32 updates of values below 2: each rounds by at most 1.2e-7.
      for (int i = 0; i < SIZE; i++) {
        assertThat((double) weights[i]).isCloseTo(w[i], within(20 * 1.2e-7));
        assertThat((double) firstMoments[i]).isCloseTo(m[i], within(20 * 1.2e-7));
        assertThat((double) secondMoments[i]).isCloseTo(v[i], within(20 * 1.2e-7));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void update_ofASpan_leavesTheRestAlone(Device device) {
    try (Scope scope = Scope.open(device)) {
      Trained tensor = trained(scope, new double[SIZE], new Span(10, 20));
      float[] gradient = new float[SIZE];
      Arrays.fill(gradient, 10, 20, 1); // a span holds all that has a gradient
      update(scope, AdamW.of(settings(0), 0, 0.5), tensor, gradient);
      float[] weights = tensor.weights().toArray();
      for (int i = 0; i < SIZE; i++) {
        // The first step goes by the learning rate: mean and root are both the gradient.
        float expected = i >= 10 && i < 20 ? -0.5f / 1.001f : 0;
        assertThat(weights[i]).isCloseTo(expected, within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void update_withoutGradientMomentsAndDecay_keepsEveryBit(Device device) {
    try (Scope scope = Scope.open(device)) {
      double[] w = new Random(6).doubles(SIZE, -1, 1).map(x -> (float) x).toArray();
      Trained tensor = trained(scope, w, new Span(0, SIZE));
      update(scope, AdamW.of(settings(0), 7, 0.01), tensor, new float[SIZE]);
      float[] weights = tensor.weights().toArray();
      float[] secondMoments = tensor.secondMoments().toArray();
      for (int i = 0; i < SIZE; i++) {
        assertThat((double) weights[i]).isEqualTo(w[i]);
        assertThat(secondMoments[i]).isZero();
      }
    }
  }

  @Test
  void on_aDeviceThatShowsCopies_isByTensorOperations() {
    try (Scope scope = Scope.open(Devices.copyingCpu())) {
      assertThat(AdamW.of(settings(0), 0, 0.01).on(scope)).isInstanceOf(TensorAdamW.class);
    }
  }

  static Stream<Device> devices() {
    return Stream.of(Device.CPU, Devices.copyingCpu());
  }

  private static void update(Scope scope, AdamW numbers, Trained tensor, float[] gradient) {
    try (Scope step = scope.child()) {
      numbers.on(step).update(tensor, step.tensor(gradient, gradient.length));
    }
  }

  private static Trained trained(Scope scope, double[] values, Span span) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    TensorSpec spec = TensorSpec.of("weight", SIZE);
    return Trained.of(scope, spec, scope.tensor(floats, SIZE), List.of(span));
  }

  private static float[] gradient(Random random) {
    float[] gradient = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      gradient[i] = (float) random.nextGaussian();
    }
    return gradient;
  }
}
