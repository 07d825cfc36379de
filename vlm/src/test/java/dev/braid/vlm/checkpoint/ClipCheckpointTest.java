package dev.braid.vlm.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipCheckpointTest {
  private static final byte[] CONFIG =
      """
      {"projection_dim": 2,
       "text_config": {"hidden_size": 2, "intermediate_size": 3, "num_hidden_layers": 1,
         "num_attention_heads": 1, "max_position_embeddings": 4, "vocab_size": 5,
         "eos_token_id": 4, "pad_token_id": 4},
       "vision_config": {"hidden_size": 2, "intermediate_size": 3, "num_hidden_layers": 1,
         "num_attention_heads": 1, "image_size": 4, "patch_size": 2}}
      """
          .getBytes(UTF_8);
  private static final Map<String, byte[]> FILES =
      Map.of(
          "config.json", CONFIG,
          "tokenizer.json", "{\"t\":1}".getBytes(UTF_8),
          "preprocessor_config.json", "{}".getBytes(UTF_8));
  private static final List<TensorSpec> TENSORS = ClipConfig.parse(CONFIG).tensors();

  @TempDir Path base;

  private List<NamedTensor> tensors() {
    return new ArrayList<>(MapWeights.counting(TENSORS).all());
  }

  private void write(List<NamedTensor> tensors) throws IOException {
    ClipCheckpoint.write(base, new MapWeights(tensors), FILES);
  }

  private static int indexOf(String name) {
    return TENSORS.stream().map(TensorSpec::name).toList().indexOf(name);
  }

  @Test
  void write_thenOpen_givesTensorsAndFilesBack() throws IOException {
    write(tensors());

    ClipCheckpoint checkpoint = ClipCheckpoint.open(base);

    List<NamedTensor> read = new ArrayList<>();
    checkpoint.weights().forEach(read::add);
    assertThat(read).usingRecursiveComparison().isEqualTo(tensors());
    assertThat(checkpoint.weights().tensors()).isEqualTo(TENSORS);
    assertThat(checkpoint.config()).isEqualTo(ClipConfig.parse(CONFIG));
    assertThat(checkpoint.files()).containsExactlyInAnyOrderEntriesOf(FILES);
  }

  @Test
  void open_ofScaleStoredAsVector_readsAScalar() throws IOException {
    List<NamedTensor> tensors = tensors();
    tensors.set(
        indexOf("logit_scale"),
        new NamedTensor(TensorSpec.of("logit_scale", 1), new float[] {4.6f}));
    write(tensors);

    List<NamedTensor> read = new ArrayList<>();
    ClipCheckpoint.open(base).weights().forEach(read::add);

    NamedTensor scale = read.get(indexOf("logit_scale"));
    assertThat(scale.spec()).isEqualTo(TensorSpec.of("logit_scale"));
    assertThat(scale.values()).containsExactly(4.6f);
  }

  @Test
  void open_ofListsOfPositions_skipsThem() throws IOException {
    List<NamedTensor> tensors = tensors();
    tensors.add(
        new NamedTensor(
            TensorSpec.of("text_model.embeddings.position_ids", 1, 4), new float[] {0, 1, 2, 3}));
    write(tensors);

    assertThat(ClipCheckpoint.open(base).weights().tensors()).isEqualTo(TENSORS);
  }

  @Test
  void open_ofMissingTensor_namesIt() throws IOException {
    List<NamedTensor> tensors = tensors();
    tensors.remove(indexOf("visual_projection.weight"));
    write(tensors);

    assertRefused(
        "model.safetensors lacks 1 of the tensors that config.json asks for, such as"
            + " visual_projection.weight");
  }

  @Test
  void open_ofSurplusTensor_namesIt() throws IOException {
    List<NamedTensor> tensors = tensors();
    tensors.add(new NamedTensor(TensorSpec.of("surprise"), new float[1]));
    write(tensors);

    assertRefused(
        "model.safetensors has tensors that config.json does not ask for (1), such as surprise");
  }

  @Test
  void open_ofOtherShape_namesBothShapes() throws IOException {
    List<NamedTensor> tensors = tensors();
    tensors.set(
        indexOf("text_projection.weight"),
        new NamedTensor(TensorSpec.of("text_projection.weight", 4), new float[4]));
    write(tensors);

    assertRefused(
        "tensor text_projection.weight has the shape [4], but config.json asks for [2, 2]");
  }

  @Test
  void open_ofValueThatIsNotFinite_namesItsPlace() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      List<NamedTensor> tensors = tensors();
      tensors.get(indexOf("text_model.final_layer_norm.bias")).values()[1] = bad;
      write(tensors);

      assertRefused(
          "tensor text_model.final_layer_norm.bias holds %s at position 1".formatted(bad));
    }
  }

  @Test
  void open_ofMissingFile_namesIt() throws IOException {
    write(tensors());
    Files.delete(base.resolve("tokenizer.json"));

    assertRefused(
        "it has no tokenizer.json (a base is a folder with model.safetensors and config.json,"
            + " preprocessor_config.json, tokenizer.json)");
    assertThatThrownBy(() -> ClipCheckpoint.open(base.resolve("nowhere")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot open the base %s/nowhere: there is no such folder", base);
  }

  @Test
  void write_withoutConfig_refuses() {
    assertThatThrownBy(() -> ClipCheckpoint.write(base, new MapWeights(tensors()), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write a base: config.json is missing");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> ClipCheckpoint.open(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot open the base %s: %s", base, why);
  }
}
