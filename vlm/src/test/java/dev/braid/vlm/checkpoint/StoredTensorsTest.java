package dev.braid.vlm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.clip.checkpoint.TinyBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTensorsTest {
  private static final String INDEX = "model.safetensors.index.json";
  private static final List<NamedTensor> TENSORS =
      TinyBase.tensors().stream().map(t -> new NamedTensor(t.spec(), coarse(t.values()))).toList();

  @TempDir Path base;

  @BeforeEach
  void writeFiles() throws IOException {
    TinyBase.writeFiles(base);
  }

  private static String shard(int i) {
    return "model-0000%s-of-00003.safetensors".formatted(i % 3 + 1);
  }

  /** Whole numbers of eight bits, all that bfloat16 has. */
  private static float[] coarse(float[] values) {
    float[] coarse = new float[values.length];
    for (int i = 0; i < coarse.length; i++) {
      coarse[i] = values[i] % 256 - 100;
    }
    return coarse;
  }

  private void writeShards(StoredType type) throws IOException {
    for (int shard = 0; shard < 3; shard++) {
      builder(shard, type).write(base.resolve(shard(shard)));
    }
    writeIndex("");
  }

  /** Every third tensor in the same shard. */
  private static StoredFile.Builder builder(int shard, StoredType type) {
    StoredFile.Builder file = new StoredFile.Builder();
    for (int i = shard; i < TENSORS.size(); i += 3) {
      file.with(type, TENSORS.get(i));
    }
    return file;
  }

  private void writeIndex(String more) throws IOException {
    StringJoiner map = new StringJoiner(",", "{\"metadata\":{},\"weight_map\":{", more + "}}");
    for (int i = 0; i < TENSORS.size(); i++) {
      map.add("\"%s\":\"%s\"".formatted(TENSORS.get(i).spec().name(), shard(i)));
    }
    Files.writeString(base.resolve(INDEX), map.toString());
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16", "BF16"})
  void open_ofShardsOfAnyFloatType_givesTheSameFloatsAsOneFile(StoredType type) throws IOException {
    Path whole = Files.createDirectory(base.resolve("whole"));
    ClipCheckpoint.write(whole, new MapWeights(TENSORS), TinyBase.FILES);
    writeShards(type);

    assertThat(TinyBase.read(base)).usingRecursiveComparison().isEqualTo(TENSORS);
    assertThat(TinyBase.read(whole)).usingRecursiveComparison().isEqualTo(TENSORS);
  }

  @Test
  void open_ofTensorThatItsShardLacks_namesBoth() throws IOException {
    writeShards(StoredType.F32);
    writeIndex(",\"extra.weight\":\"%s\"".formatted(shard(1)));

    assertRefused(INDEX + " places tensor extra.weight in " + shard(1) + ", which lacks it");
  }

  @Test
  void open_ofTensorThatTheIndexDoesNotPlaceThere_namesBoth() throws IOException {
    writeShards(StoredType.F32);
    builder(0, StoredType.F32).with(StoredType.F32, TENSORS.get(1)).write(base.resolve(shard(0)));

    assertRefused(
        "%s holds tensor %s, which %s does not place there"
            .formatted(shard(0), TENSORS.get(1).spec().name(), INDEX));
  }

  @Test
  void open_ofMissingShard_namesIt() throws IOException {
    writeShards(StoredType.F32);
    Files.delete(base.resolve(shard(2)));

    assertRefused(INDEX + " names " + shard(2) + ", which does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.safetensors", "/a.safetensors", "a\\\\b.safetensors", "a.bin", ""})
  void open_ofIndexThatLeavesTheFolder_refuses(String name) throws IOException {
    writeShards(StoredType.F32);
    writeIndex(",\"extra\":\"%s\"".formatted(name));

    assertRefused(
        INDEX
            + " places tensor extra in '%s', which is not the name of a safetensors file"
                .formatted(name.replace("\\\\", "\\")));
  }

  @Test
  void open_ofTensorThatNoShardHas_saysThatTheIndexLacksIt() throws IOException {
    Files.writeString(base.resolve(INDEX), "{\"weight_map\":{}}");

    assertRefused(
        "%s lacks %s of the tensors that config.json requires, such as logit_scale"
            .formatted(INDEX, TENSORS.size()));
  }

  @Test
  void open_ofValueThatIsNotFinite_namesTheShard() throws IOException {
    writeShards(StoredType.F32);
    TensorSpec spec = TENSORS.get(4).spec();
    float[] values = new float[(int) spec.size()];
    values[1] = Float.NaN;
    builder(1, StoredType.F32).write(base.resolve(shard(1))).put(new NamedTensor(spec, values));

    assertRefused("tensor %s of %s holds NaN at position 1".formatted(spec.name(), shard(1)));
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> ClipCheckpoint.open(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot open the base %s: %s", base, why);
  }
}
