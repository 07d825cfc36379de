package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.vlm.checkpoint.Allocation;
import dev.braid.vlm.checkpoint.MapWeights;
import dev.braid.vlm.checkpoint.SafetensorsFile;
import dev.braid.vlm.checkpoint.StoredFile;
import dev.braid.vlm.checkpoint.StoredType;
import dev.braid.vlm.image.Preprocessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipCheckpointTest {
  @TempDir Path base;

  private void write(List<NamedTensor> tensors) throws IOException {
    ClipCheckpoint.write(base, new MapWeights(tensors), TinyBase.FILES);
  }

  @Test
  void write_thenOpen_givesTensorsAndFilesBack() throws IOException {
    write(TinyBase.tensors());

    ClipCheckpoint checkpoint = ClipCheckpoint.open(base);

    assertThat(TinyBase.read(base)).usingRecursiveComparison().isEqualTo(TinyBase.tensors());
    assertThat(checkpoint.weights().tensors()).isEqualTo(TinyBase.TENSORS);
    assertThat(checkpoint.config()).isEqualTo(ClipConfig.parse(TinyBase.CONFIG));
    assertThat(checkpoint.files()).containsExactlyInAnyOrderEntriesOf(TinyBase.FILES);
  }

  @Test
  void open_ofScaleStoredAsVector_readsAScalar() throws IOException {
    List<NamedTensor> tensors = TinyBase.tensors();
    tensors.set(
        TinyBase.indexOf("logit_scale"),
        new NamedTensor(TensorSpec.of("logit_scale", 1), new float[] {4.6f}));
    write(tensors);

    NamedTensor scale = TinyBase.read(base).get(TinyBase.indexOf("logit_scale"));
    assertThat(scale.spec()).isEqualTo(TensorSpec.of("logit_scale"));
    assertThat(scale.values()).containsExactly(4.6f);
  }

  /** Hugging Face's loader draws a scale of another shape than [] at random. */
  @Test
  void writeNew_ofScaleImportedAsVector_writesAScalar(@TempDir Path folder) throws IOException {
    List<NamedTensor> tensors = TinyBase.tensors();
    tensors.set(
        TinyBase.indexOf("logit_scale"),
        new NamedTensor(TensorSpec.of("logit_scale", 1), new float[] {4.6f}));
    write(tensors);
    ClipCheckpoint checkpoint = ClipCheckpoint.open(base);

    ClipCheckpoint.writeNew(folder.resolve("out"), checkpoint.weights(), checkpoint.files());

    SafetensorsFile file = SafetensorsFile.open(folder.resolve("out/model.safetensors"));
    assertThat(file.spec("logit_scale").shape()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"I64", "I32", "U8", "F32"})
  void open_ofListsOfPositions_skipsThem(StoredType type) throws IOException {
    TinyBase.writeFiles(base);
    StoredFile.Builder file = new StoredFile.Builder();
    file.with(type, TensorSpec.of("text_model.embeddings.position_ids", 1, 4));
    TinyBase.tensors().forEach(tensor -> file.with(StoredType.F32, tensor));
    file.with(type, TensorSpec.of("vision_model.embeddings.position_ids", 1, 5));
    file.write(base.resolve("model.safetensors"));

    assertThat(TinyBase.read(base)).usingRecursiveComparison().isEqualTo(TinyBase.tensors());
  }

  @Test
  void open_ofFileBeyondTwoGibibytes_readsWhatLiesBehindWithoutItsMemory() throws Throwable {
    TinyBase.writeFiles(base);
    StoredFile.Builder file = new StoredFile.Builder();
    file.with(StoredType.I64, TensorSpec.of("text_model.embeddings.position_ids", 1, 600_000_000));
    TinyBase.tensors().forEach(tensor -> file.with(StoredType.BF16, tensor.spec()));
    StoredFile stored = file.write(base.resolve("model.safetensors"));
    stored.put(new NamedTensor(TensorSpec.of("logit_scale"), new float[] {4.5f}));
    stored.put(
        new NamedTensor(TensorSpec.of("visual_projection.weight", 2, 2), new float[] {1, 2, 3, 4}));
    assertThat(Files.size(base.resolve("model.safetensors"))).isGreaterThan(1L << 32);
    List<NamedTensor> read = new ArrayList<>();

    long allocated = Allocation.of(() -> read.addAll(TinyBase.read(base)));

    assertThat(read.get(TinyBase.indexOf("logit_scale")).values()).containsExactly(4.5f);
    assertThat(read.get(TinyBase.indexOf("visual_projection.weight")).values())
        .containsExactly(1, 2, 3, 4);
    assertThat(allocated).isLessThan(8 << 20);
  }

  @Test
  void open_ofTensorOfWholeNumbers_namesItsType() throws IOException {
    TinyBase.writeFiles(base);
    StoredFile.Builder file = new StoredFile.Builder();
    TinyBase.TENSORS.forEach(tensor -> file.with(StoredType.I32, tensor));
    file.write(base.resolve("model.safetensors"));

    assertThatThrownBy(() -> ClipCheckpoint.open(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot read tensor logit_scale of %s/model.safetensors: its dtype I32 is not F32,"
                + " F16 or BF16",
            base);
  }

  @Test
  void open_ofMissingTensor_namesIt() throws IOException {
    List<NamedTensor> tensors = TinyBase.tensors();
    tensors.remove(TinyBase.indexOf("visual_projection.weight"));
    write(tensors);

    assertRefused(
        "model.safetensors lacks 1 of the tensors that config.json requires, such as"
            + " visual_projection.weight");
  }

  @Test
  void open_ofSurplusTensor_namesIt() throws IOException {
    List<NamedTensor> tensors = TinyBase.tensors();
    tensors.add(new NamedTensor(TensorSpec.of("surprise"), new float[1]));
    write(tensors);

    assertRefused(
        "model.safetensors has tensors that config.json does not require (1), such as surprise");
  }

  @Test
  void open_ofOtherShape_namesBothShapes() throws IOException {
    List<NamedTensor> tensors = TinyBase.tensors();
    tensors.set(
        TinyBase.indexOf("text_projection.weight"),
        new NamedTensor(TensorSpec.of("text_projection.weight", 4), new float[4]));
    write(tensors);

    assertRefused(
        "tensor text_projection.weight of model.safetensors has the shape [4], but config.json"
            + " requires [2, 2]");
  }

  @Test
  void open_ofValueThatIsNotFinite_namesItsPlace() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      List<NamedTensor> tensors = TinyBase.tensors();
      tensors.get(TinyBase.indexOf("text_model.final_layer_norm.bias")).values()[1] = bad;
      write(tensors);

      assertRefused(
          "tensor text_model.final_layer_norm.bias of model.safetensors holds %s at position 1"
              .formatted(bad));
    }
  }

  @Test
  void open_ofMissingFile_namesIt() throws IOException {
    write(TinyBase.tensors());
    Files.delete(base.resolve("tokenizer.json"));

    assertRefused(
        "it has no tokenizer.json (a base is a folder with model.safetensors and config.json,"
            + " preprocessor_config.json, tokenizer.json)");
    Files.writeString(base.resolve("tokenizer.json"), " ".repeat((32 << 20) + 1));
    assertRefused("its tokenizer.json has 33554433 bytes (at most 33554432)");
    assertThatThrownBy(() -> ClipCheckpoint.open(base.resolve("nowhere")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot open the base %s/nowhere: there is no such folder", base);
  }

  @Test
  void open_ofProcessorConfigAlone_findsThePreprocessingInIt() throws IOException {
    write(TinyBase.tensors());
    Files.delete(base.resolve("preprocessor_config.json"));
    Files.writeString(
        base.resolve("processor_config.json"),
        """
        {"image_processor": {"size": {"shortest_edge": 5}, "crop_size": {"height": 4, "width": 4}},
         "processor_class": "CLIPProcessor"}
        """);

    byte[] found =
        requireNonNull(ClipCheckpoint.open(base).files().get("preprocessor_config.json"), "found");

    assertThat(Preprocessor.parse(found).imageSize()).isEqualTo(4);
  }

  @Test
  void open_ofTwoPreprocessings_acceptsThemIfTheyAreTheSame() throws IOException {
    write(TinyBase.tensors());
    Path processor = base.resolve("processor_config.json");
    Files.writeString(processor, "{\"image_processor\": {\"do_resize\": true}}");
    assertThat(ClipCheckpoint.open(base).files()).containsAllEntriesOf(TinyBase.FILES);

    Files.writeString(processor, "{\"image_processor\": {\"size\": 256}}");
    assertRefused(
        "its preprocessor_config.json and the image_processor of processor_config.json differ;"
            + " remove the one that is wrong");

    Files.writeString(processor, "{\"image_processor\": {\"do_resize\": \"no\"}}");
    assertThatThrownBy(() -> ClipCheckpoint.open(base))
        .hasMessage("Invalid do_resize in image_processor of processor_config.json: \"no\" (true)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip.", "model.", "module.", "_orig_mod.", "module._orig_mod."})
  void open_ofNamesWithAPrefix_dropsIt(String prefix) throws IOException {
    write(prefixed(prefix));

    assertThat(TinyBase.read(base)).usingRecursiveComparison().isEqualTo(TinyBase.tensors());
  }

  @Test
  void open_ofNamesWithAnUnknownPrefix_namesIt() throws IOException {
    write(prefixed("student."));

    assertRefused(
        ("model.safetensors lacks %s of the tensors that config.json requires, such as logit_scale"
                + " (it has student.logit_scale: rename the tensors)")
            .formatted(TinyBase.TENSORS.size()));
  }

  private static List<NamedTensor> prefixed(String prefix) {
    return TinyBase.tensors().stream()
        .map(
            tensor ->
                new NamedTensor(
                    new TensorSpec(prefix + tensor.spec().name(), tensor.spec().shape()),
                    tensor.values()))
        .toList();
  }

  @Test
  void open_ofPickledWeights_saysHowToConvertThem() throws IOException {
    TinyBase.writeFiles(base);
    Files.createFile(base.resolve("pytorch_model.bin"));

    assertRefused(
        """
        it has pytorch_model.bin, which can run code when it is read, but no model.safetensors; \
        convert it once with Python:
        from transformers import CLIPModel
        CLIPModel.from_pretrained("%1$s").save_pretrained("%1$s")"""
            .formatted(base));
  }

  @Test
  void open_ofHalvesInTwoFolders_namesThem() throws IOException {
    for (String half : List.of("text", "vision")) {
      Files.createDirectory(base.resolve(half + "_encoder"));
      Files.writeString(
          base.resolve(half + "_encoder/config.json"),
          "{\"model_type\": \"clip_%s_model\"}".formatted(half));
    }

    assertRefused(
        "it holds the halves of a CLIP in the folders text_encoder and vision_encoder; save the"
            + " whole CLIPModel in one folder");
    assertThatThrownBy(() -> ClipCheckpoint.open(base.resolve("text_encoder")))
        .hasMessage(
            "Invalid model_type in config.json: clip_text_model (it is only the text half of a"
                + " CLIP; save the whole CLIPModel in one folder)");
  }

  @Test
  void open_ofFurtherFiles_keepsThoseThatAreNoWeights() throws IOException {
    write(TinyBase.tensors());
    for (String name :
        List.of(
            "LICENSE", "Lies mich.md", ".gitattributes", "braid.json", "old.bin", "a.index.json")) {
      Files.writeString(base.resolve(name), "about " + name);
    }
    Files.createDirectory(base.resolve("onnx"));

    assertThat(ClipCheckpoint.open(base).keptFiles())
        .containsOnlyKeys("LICENSE", "Lies mich.md")
        .containsEntry("LICENSE", "about LICENSE".getBytes(UTF_8));
    assertThat(ClipCheckpoint.open(base).files()).containsOnlyKeys(TinyBase.FILES.keySet());
  }

  @Test
  void write_withoutConfig_refuses() {
    assertThatThrownBy(
            () -> ClipCheckpoint.write(base, new MapWeights(TinyBase.tensors()), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write a base: config.json is missing");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> ClipCheckpoint.open(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot open the base %s: %s", base, why);
  }
}
