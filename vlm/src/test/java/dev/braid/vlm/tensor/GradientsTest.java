package dev.braid.vlm.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class GradientsTest {
  private static final int TRIALS = 100;

  /**
   * The engine's product with a Java number fails here in about one trial of seven: it records a
   * buffer that the collector may free before the gradient is taken.
   */
  @Test
  void of_productWithNumber_survivesGarbageCollectionBeforeTheGradient() {
    for (int trial = 0; trial < TRIALS; trial++) {
      try (Scope scope = Scope.open()) {
        Tensor x = scope.leaf(scope.tensor(new float[] {1, 2}, 2));
        float loss =
            Gradients.of(
                () -> {
                  Tensor product = x.times(3f).sum();
                  disturb();
                  return product;
                });
        assertThat(loss).isEqualTo(9f);
        assertThat(x.gradient().toArray()).containsExactly(3f, 3f);
      }
    }
  }

  @Test
  void of_twoLeaves_differentiatesByBoth() {
    try (Scope scope = Scope.open()) {
      Tensor x = scope.leaf(scope.tensor(new float[] {2, 3}, 2));
      Tensor y = scope.leaf(scope.tensor(new float[] {5, 7}, 2));
      Gradients.of(() -> x.times(y).times(x).sum());
      assertThat(x.gradient().toArray()).containsExactly(2 * 2 * 5, 2 * 3 * 7);
      assertThat(y.gradient().toArray()).containsExactly(4, 9);
    }
  }

  @Test
  void of_secondStepOnTheSameParameter_doesNotAddToTheFirst() {
    try (Scope model = Scope.open()) {
      Tensor parameter = model.tensor(new float[] {4}, 1);
      for (int step = 0; step < 3; step++) {
        try (Scope scope = model.child()) {
          Tensor leaf = scope.leaf(parameter);
          Gradients.of(() -> leaf.times(leaf).sum());
          assertThat(leaf.gradient().toArray()).containsExactly(8);
        }
      }
      assertThat(model.openTensors()).isEqualTo(1);
    }
  }

  /** Collects garbage and overwrites freed memory. */
  static void disturb() {
    System.gc();
    for (int i = 0; i < 200; i++) {
      ByteBuffer.allocateDirect(4 + i % 64).putInt(0, 0x7fc00000);
    }
  }
}
