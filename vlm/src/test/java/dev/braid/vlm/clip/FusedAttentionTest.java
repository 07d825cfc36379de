package dev.braid.vlm.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.vlm.tensor.Gradients;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FusedAttentionTest {
  private static final int SEQUENCES = 3;
  private static final int HEADS = 2;
  private static final int LENGTH = 40;
  private static final int WIDTH = 16;

  enum Kind {
    EVERYWHERE(LENGTH),
    CAUSAL(LENGTH),
    UP_TO(1);

    private final int readers;

    Kind(int readers) {
      this.readers = readers;
    }

    Attention of(Attention.Kernel kernel, Scope scope) {
      return switch (this) {
        case EVERYWHERE -> kernel.everywhere();
        case CAUSAL -> kernel.causal(scope, LENGTH);
        case UP_TO -> kernel.upTo(scope, new int[] {0, 17, LENGTH - 1}, LENGTH);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void mix_givesThePlainValuesAndGradients(Kind kind) {
    List<float[]> plain = valuesAndGradients(kind, new PlainAttention());
    List<float[]> fused = valuesAndGradients(kind, new FusedAttention());

    for (int i = 0; i < plain.size(); i++) {
      for (int j = 0; j < plain.get(i).length; j++) {
        assertThat(fused.get(i)[j]).isCloseTo(plain.get(i)[j], within(2e-5f));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void mix_again_givesTheSameBits(Kind kind) {
    List<float[]> first = valuesAndGradients(kind, new FusedAttention());

    // libtorch profiles and rewrites a module after its first calls.
    for (int i = 0; i < 5; i++) {
      assertThat(valuesAndGradients(kind, new FusedAttention()))
          .usingRecursiveComparison()
          .isEqualTo(first);
    }
  }

  @Test
  void mix_inManyThreads_givesTheSameBits() {
    List<float[]> first = valuesAndGradients(Kind.CAUSAL, new FusedAttention());

    assertThat(
            IntStream.range(0, 32)
                .parallel()
                .mapToObj(i -> valuesAndGradients(Kind.CAUSAL, new FusedAttention())))
        .allSatisfy(each -> assertThat(each).usingRecursiveComparison().isEqualTo(first));
  }

  /** The mix, and the gradients of a weighted sum of it by readers, keys and values. */
  private static List<float[]> valuesAndGradients(Kind kind, Attention.Kernel kernel) {
    Random random = new Random(kind.readers);
    try (Scope model = Scope.open();
        Scope scope = model.child()) {
      Tensor readers = scope.leaf(tensor(model, random, kind.readers));
      Tensor keys = scope.leaf(tensor(model, random, LENGTH));
      Tensor values = scope.leaf(tensor(model, random, LENGTH));
      Tensor weights = tensor(scope, random, kind.readers);
      List<float[]> all = new ArrayList<>();
      Gradients.of(
          () -> {
            Tensor mixed = kind.of(kernel, scope).mix(readers, keys, values);
            all.add(mixed.toArray());
            System.gc();
            return mixed.times(weights).sum();
          });
      for (Tensor leaf : List.of(readers, keys, values)) {
        all.add(leaf.gradient().toArray());
      }
      return all;
    }
  }

  private static Tensor tensor(Scope scope, Random random, int length) {
    float[] values = new float[SEQUENCES * HEADS * length * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return scope.tensor(values, SEQUENCES, HEADS, length, WIDTH);
  }
}
