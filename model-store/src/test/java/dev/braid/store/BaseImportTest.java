package dev.braid.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a base's digest depends on. */
final class BaseImportTest {
  private static final ShardCut CUT = new ShardCut(64, 64);
  private static final Map<String, byte[]> FILES = file("config.json", "{}");
  private static final NamedTensor FIRST = tensor(TensorSpec.of("first", 20, 10), 1);
  private static final NamedTensor SCALE = tensor(TensorSpec.of("logit_scale"), 2);

  @TempDir private Path folder;
  private int stores;

  @Test
  void base_underAnotherCut_isTheSameBase() throws IOException {
    ModelStore one = store(CUT, FILES, FIRST, SCALE);
    ModelStore other = store(new ShardCut(256, 128), FILES, FIRST, SCALE);

    assertThat(other.info().weights()).isNotEqualTo(one.info().weights());
    assertThat(other.baseDigest()).isEqualTo(one.baseDigest());
    assertThat(space(other)).isEqualTo(space(one));
  }

  @Test
  void base_withOneThingChanged_isAnotherBase() throws IOException {
    float[] values = FIRST.values().clone();
    values[150] = Math.nextUp(values[150]);
    List<ModelStore> bases =
        List.of(
            store(CUT, FILES, FIRST, SCALE),
            store(CUT, FILES, new NamedTensor(FIRST.spec(), values), SCALE),
            store(CUT, FILES, FIRST, tensor(SCALE.spec(), 3)),
            store(CUT, FILES, renamed(FIRST, TensorSpec.of("prime", 20, 10)), SCALE),
            store(CUT, FILES, renamed(FIRST, TensorSpec.of("first", 10, 20)), SCALE),
            store(CUT, FILES, SCALE, FIRST),
            store(CUT, FILES, FIRST),
            store(CUT, file("config.json", "{ }"), FIRST, SCALE),
            store(CUT, file("tokenizer.json", "{}"), FIRST, SCALE),
            store(CUT, Map.of(), FIRST, SCALE));

    assertThat(bases.stream().map(ModelStore::baseDigest)).doesNotHaveDuplicates();
    assertThat(bases.stream().map(BaseImportTest::space)).doesNotHaveDuplicates();
  }

  private ModelStore store(ShardCut cut, Map<String, byte[]> files, NamedTensor... tensors)
      throws IOException {
    StoreLocation location = StoreLocation.of(folder.resolve("store-" + stores++).toString());
    return ModelStore.create(location, new Tensors(List.of(tensors)), files, cut, Map.of());
  }

  /** The digest of the space of the first tensor. */
  private static Digest space(ModelStore store) {
    List<TensorSpec> trained = List.of(store.base().tensors().get(0));
    return new ParameterSpace(store.baseDigest(), new ParameterKind.Full(), trained).digest();
  }

  private static Map<String, byte[]> file(String name, String text) {
    return Map.of(name, text.getBytes(UTF_8));
  }

  private static NamedTensor tensor(TensorSpec spec, float start) {
    float[] values = new float[(int) spec.size()];
    for (int j = 0; j < values.length; j++) {
      values[j] = start + j * 0.25f;
    }
    return new NamedTensor(spec, values);
  }

  private static NamedTensor renamed(NamedTensor tensor, TensorSpec spec) {
    return new NamedTensor(spec, tensor.values());
  }

  private record Tensors(List<NamedTensor> all) implements Weights {
    @Override
    public List<TensorSpec> tensors() {
      return all.stream().map(NamedTensor::spec).toList();
    }

    @Override
    public void forEach(Reader reader) throws IOException {
      for (NamedTensor tensor : all) {
        reader.accept(tensor);
      }
    }
  }
}
