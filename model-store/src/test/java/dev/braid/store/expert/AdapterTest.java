package dev.braid.store.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.braid.model.AdapterFactors;
import dev.braid.model.Blob;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterTest {
  private static final List<TensorSpec> TENSORS =
      List.of(
          TensorSpec.of("embedding.weight", 9, 4),
          TensorSpec.of("layers.0.fc1.bias", 6),
          TensorSpec.of("layers.0.fc1.weight", 6, 4),
          TensorSpec.of("layers.0.fc2.bias", 4),
          TensorSpec.of("layers.0.fc2.weight", 4, 6),
          TensorSpec.of("layers.1.fc1.bias", 6),
          TensorSpec.of("layers.1.fc1.weight", 6, 4));

  private static final int RANK = 3;
  private static final float SCALE = 0.5f;

  @TempDir Path folder;
  private ModelStore store;
  private ParameterSpace space;
  private Map<String, float[]> base;

  @BeforeEach
  void makeStore() throws IOException {
    Weights weights = new RandomWeights();
    store =
        ModelStore.create(
            StoreLocation.of(folder.resolve("store").toString()),
            weights,
            Map.of(),
            new ShardCut(64, 64),
            Map.of());
    space = space(1);
    base = values(weights);
  }

  private ParameterSpace space(long seed) {
    List<String> linears = AdapterFactors.linears(TENSORS, List.of("fc1", "fc2"));
    return store.weights().adapterSpace(linears, RANK, SCALE, seed);
  }

  @Test
  void linears_areTheOnesWithTheseEndings_inTheBasesOrder() {
    assertThat(AdapterFactors.linears(TENSORS, List.of("fc2", "0.fc1")))
        .containsExactly("layers.0.fc1", "layers.0.fc2");
    assertThatThrownBy(() -> AdapterFactors.linears(TENSORS, List.of("fc1", "c1", "embedding")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[c1, embedding]");
  }

  @Test
  void space_hasTwoFactorsForEachLinear() {
    assertThat(space.tensors())
        .startsWith(
            TensorSpec.of("layers.0.fc1.lora_A.weight", RANK, 4),
            TensorSpec.of("layers.0.fc1.lora_B.weight", 6, RANK),
            TensorSpec.of("layers.0.fc2.lora_A.weight", RANK, 6))
        .hasSize(6);
    assertThat(space(1)).isEqualTo(space);
    assertThat(space(2).digest()).isNotEqualTo(space.digest());
  }

  @Test
  void space_ofARankBeyondALayer_isRefused() {
    assertThatThrownBy(() -> store.weights().adapterSpace(List.of("layers.0.fc1"), 5, SCALE, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid adapter rank: 5 (1 to 4, the smaller side of layers.0.fc1.weight)");
  }

  @Test
  void start_isTheBaseBesideSmallNormalsAndZeros() throws IOException {
    Map<String, float[]> start = values(store.weights().start(space, Optional.empty()));

    base.forEach((name, values) -> assertThat(start.get(name)).containsExactly(values));
    assertThat(start.get("layers.0.fc2.lora_B.weight")).containsOnly(0f);
    // The first deviates of a generator that the JDK specifies to the bit.
    Random random = new Random(1);
    for (float value : of(start, "layers.0.fc1.lora_A.weight")) {
      assertThat(value).isEqualTo((float) (0.01 * random.nextGaussian()));
    }
  }

  @Test
  void tuned_withNoChange_isTheBase() throws IOException {
    Map<String, float[]> tuned = values(store.weights().tuned(space, delta(0)));

    base.forEach((name, values) -> assertThat(tuned.get(name)).containsExactly(values));
    assertThat(tuned).hasSameSizeAs(base);
  }

  @Test
  void tuned_foldsTheProductOfTheFactorsIntoTheLinears() throws IOException {
    Blob delta = delta(1);
    Map<String, float[]> factors = values(store.weights().start(space, Optional.of(delta)));
    Map<String, float[]> tuned = values(store.weights().tuned(space, delta));

    assertThat(tuned.get("embedding.weight")).containsExactly(base.get("embedding.weight"));
    assertThat(tuned.get("layers.0.fc1.bias")).containsExactly(base.get("layers.0.fc1.bias"));
    checkFolded(tuned, factors, "layers.0.fc1", 6, 4);
    checkFolded(tuned, factors, "layers.0.fc2", 4, 6);
    checkFolded(tuned, factors, "layers.1.fc1", 6, 4);
  }

  private void checkFolded(
      Map<String, float[]> tuned,
      Map<String, float[]> factors,
      String linear,
      int outputs,
      int inputs) {
    float[] a = of(factors, AdapterFactors.a(linear));
    float[] b = of(factors, AdapterFactors.b(linear));
    for (int i = 0; i < outputs; i++) {
      for (int j = 0; j < inputs; j++) {
        double product = 0;
        for (int k = 0; k < RANK; k++) {
          product += (double) b[i * RANK + k] * a[k * inputs + j];
        }
        int place = i * inputs + j;
        assertThat((double) of(tuned, linear + ".weight")[place])
            .isCloseTo(of(base, linear + ".weight")[place] + SCALE * product, within(1e-6));
      }
    }
  }

  /** Random numbers of this size. */
  private Blob delta(float size) {
    Random random = new Random(3);
    float[] values = new float[Math.toIntExact(space.coordinates())];
    for (int j = 0; j < values.length; j++) {
      values[j] = size * random.nextFloat();
    }
    return store.blobs().writeFloats(space.digest(), store.info().cut(), values);
  }

  private static float[] of(Map<String, float[]> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static Map<String, float[]> values(Weights weights) throws IOException {
    Map<String, float[]> values = new HashMap<>();
    weights.forEach(tensor -> values.put(tensor.spec().name(), tensor.values()));
    return values;
  }

  private static final class RandomWeights implements Weights {
    @Override
    public List<TensorSpec> tensors() {
      return TENSORS;
    }

    @Override
    public void forEach(Reader reader) throws IOException {
      Random random = new Random(8);
      for (TensorSpec tensor : TENSORS) {
        float[] values = new float[Math.toIntExact(tensor.size())];
        for (int j = 0; j < values.length; j++) {
          values[j] = random.nextFloat() - 0.5f;
        }
        reader.accept(new NamedTensor(tensor, values));
      }
    }
  }
}
