package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.vlm.checkpoint.MapWeights;
import dev.braid.vlm.checkpoint.StoredFile;
import dev.braid.vlm.checkpoint.StoredType;
import dev.braid.vlm.clip.ClipDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenClipTest {
  private static final String CONFIG =
      """
      {"model_cfg": {"embed_dim": 5, "quick_gelu": false,
         "vision_cfg": {"image_size": [8, 8], "layers": 2, "width": 8, "head_width": 4,
           "mlp_ratio": 1.5, "patch_size": 4},
         "text_cfg": {"context_length": 7, "vocab_size": 20, "width": 6, "heads": 3, "layers": 1,
           "hf_tokenizer_name": null}},
       "preprocess_cfg": {"mean": [0.5, 0.25, 0.125], "std": [0.26862954, 0.5, 1]}}
      """;
  private static final ClipConfig CLIP =
      new ClipConfig(
          new TextConfig(new EncoderConfig(6, 24, 1, 3, Activation.GELU, 1e-5), 20, 7, 19, 19),
          new VisionConfig(new EncoderConfig(8, 12, 2, 2, Activation.GELU, 1e-5), 8, 4),
          5);

  @TempDir Path base;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(base.resolve("open_clip_config.json"), CONFIG);
    Files.writeString(base.resolve("tokenizer.json"), "{}");
  }

  private Map<String, NamedTensor> write(StoredType type) throws IOException {
    Map<String, NamedTensor> stored = OpenClipTensors.of(MapWeights.counting(CLIP.tensors()).all());
    StoredFile.Builder file = new StoredFile.Builder();
    stored.values().forEach(tensor -> file.with(type, tensor));
    file.write(base.resolve("open_clip_model.safetensors"));
    return stored;
  }

  @Test
  void open_ofOpenClip_givesTheModelInOurNames() throws IOException {
    write(StoredType.F32);

    assertThat(TinyBase.read(base))
        .usingRecursiveComparison()
        .isEqualTo(MapWeights.counting(CLIP.tensors()).all());
  }

  @Test
  void open_ofOpenClip_tellsItsConfigurationInHuggingFacesWords() throws IOException {
    write(StoredType.F32);

    ClipCheckpoint checkpoint = ClipCheckpoint.open(base);

    assertThat(checkpoint.config()).isEqualTo(CLIP);
    assertThat(checkpoint.files()).containsOnlyKeys(ClipCheckpoint.FILES);
    assertThat(text(checkpoint, "config.json"))
        .isEqualTo(
            """
            {"architectures":["CLIPModel"],"model_type":"clip","projection_dim":5,\
            "text_config":{"eos_token_id":19,"hidden_act":"gelu","hidden_size":6,\
            "intermediate_size":24,"layer_norm_eps":0.00001,"max_position_embeddings":7,\
            "model_type":"clip_text_model","num_attention_heads":3,"num_hidden_layers":1,\
            "pad_token_id":19,"projection_dim":5,"vocab_size":20},\
            "vision_config":{"hidden_act":"gelu","hidden_size":8,"image_size":8,\
            "intermediate_size":12,"layer_norm_eps":0.00001,"model_type":"clip_vision_model",\
            "num_attention_heads":2,"num_hidden_layers":2,"patch_size":4,"projection_dim":5}}""");
    assertThat(text(checkpoint, "preprocessor_config.json"))
        .isEqualTo(
            """
            {"crop_size":{"height":8,"width":8},"image_mean":[0.5,0.25,0.125],\
            "image_processor_type":"CLIPImageProcessor","image_std":[0.26862954,0.5,1],\
            "resample":3,"size":{"shortest_edge":8}}""");
    assertThat(ClipDefinition.of(checkpoint.files()).config()).isEqualTo(CLIP);
  }

  private static String text(ClipCheckpoint checkpoint, String file) {
    return new String(checkpoint.files().getOrDefault(file, new byte[0]), UTF_8);
  }

  @Test
  void write_ofOpenClip_isAHuggingFaceDirectoryOfTheSameTensors(@TempDir Path copy)
      throws IOException {
    write(StoredType.BF16);
    ClipCheckpoint checkpoint = ClipCheckpoint.open(base);

    ClipCheckpoint.write(copy, checkpoint.weights(), checkpoint.files());

    assertThat(TinyBase.read(copy)).usingRecursiveComparison().isEqualTo(TinyBase.read(base));
    assertThat(ClipCheckpoint.open(copy).files()).containsExactlyEntriesOf(checkpoint.files());
  }

  @Test
  void open_ofBothLayouts_takesHuggingFaces() throws IOException {
    write(StoredType.F32);
    ClipCheckpoint.write(base, new MapWeights(TinyBase.tensors()), TinyBase.FILES);

    assertThat(TinyBase.read(base)).usingRecursiveComparison().isEqualTo(TinyBase.tensors());
  }

  @Test
  void source_ofViTB32_isEveryTensorOfOpenClips() {
    ClipConfig config = ClipConfig.parse("{}".getBytes(UTF_8));

    Map<String, TensorSpec> stored =
        config.tensors().stream()
            .map(tensor -> Layout.OPEN_CLIP.source(tensor).stored())
            .distinct()
            .collect(Collectors.toMap(TensorSpec::name, tensor -> tensor));

    // 12 tensors in each of 24 blocks, 5 more of the texts, 8 of the pictures, and the scale.
    assertThat(stored).hasSize(302);
    assertThat(stored.values().stream().mapToLong(TensorSpec::size).sum()).isEqualTo(151_277_313);
    assertThat(stored.values())
        .contains(
            TensorSpec.of("text_projection", 512, 512),
            TensorSpec.of("visual.proj", 768, 512),
            TensorSpec.of("visual.transformer.resblocks.11.attn.in_proj_weight", 2304, 768),
            TensorSpec.of("transformer.resblocks.11.attn.in_proj_bias", 1536));
  }

  @Test
  void open_ofValueThatIsNotFinite_namesItsPlaceInTheStoredTensor() throws IOException {
    Map<String, NamedTensor> stored = write(StoredType.F32);
    String name = "visual.transformer.resblocks.1.attn.in_proj_bias";
    StoredFile.Builder file = new StoredFile.Builder();
    Objects.requireNonNull(stored.get(name)).values()[17] = Float.NEGATIVE_INFINITY;
    stored.values().forEach(tensor -> file.with(StoredType.F32, tensor));
    file.write(base.resolve("open_clip_model.safetensors"));

    assertRefused(
        "Cannot open the base %s: tensor %s of open_clip_model.safetensors holds -Infinity at"
            + " position 17",
        base, name);
  }

  @Test
  void open_ofSigLipsBias_namesItAsSurplus() throws IOException {
    StoredFile.Builder file = new StoredFile.Builder();
    write(StoredType.F32).values().forEach(tensor -> file.with(StoredType.F32, tensor));
    file.with(StoredType.F32, TensorSpec.of("logit_bias"));
    file.write(base.resolve("open_clip_model.safetensors"));

    assertRefused(
        "Cannot open the base %s: open_clip_model.safetensors has tensors that"
            + " open_clip_config.json does not require (1), such as logit_bias",
        base);
  }

  @Test
  void open_withoutConfiguration_namesIt() throws IOException {
    write(StoredType.F32);
    Files.delete(base.resolve("open_clip_config.json"));

    assertThatThrownBy(() -> ClipCheckpoint.open(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot open the base %s: it has no open_clip_config.json (a base is a folder with"
                + " open_clip_model.safetensors and open_clip_config.json, tokenizer.json)",
            base);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'layers': 2 | 'layers': [3, 4, 6, 3] | layers | [3,4,6,3] (a positive integer)",
        "'patch_size': 4 | 'patch_size': [4, 2] | patch_size | [4,2] (a positive integer)",
        "'layers': 1 | 'hf_model_name': 'roberta' | hf_model_name |"
            + " \"roberta\" (only null is supported)",
        "'layers': 1 | 'pool_type': 'last' | pool_type | \"last\" (only \"argmax\" is supported)",
        "'layers': 2 | 'global_average_pool': true | global_average_pool |"
            + " true (only false is supported)",
        "'layers': 2 | 'rope': false | rope | this option is not supported",
        "'layers': 2 | 'norm_kwargs': {'bias': false} | bias | this option is not supported",
        "'embed_dim': 5 | 'custom_text': true | custom_text | true (only false is supported)",
        "'quick_gelu': false | 'quick_gelu': 1 | quick_gelu | 1 (true or false)",
        "'mean': | 'size': 16, 'mean': | size | 16 (the image_size is 8)",
        "'mean': | 'resize_mode': 'squash', 'mean': | resize_mode |"
            + " \"squash\" (only \"shortest\" is supported)",
        "[0.5, 0.25, 0.125] | [0.5] | mean | [0.5] (three numbers)",
        "'preprocess_cfg' | 'other_cfg' | other_cfg | this option is not supported",
      })
  void open_ofAnotherArchitecture_namesTheOption(
      String told, String instead, String option, String why) throws IOException {
    write(StoredType.F32);
    String config = CONFIG.replaceFirst(Pattern.quote(told.replace('\'', '"')), "~");
    assertThat(config).contains("~");
    Files.writeString(
        base.resolve("open_clip_config.json"), config.replace("~", instead.replace('\'', '"')));

    assertRefused("Invalid %s in open_clip_config.json: %s", option, why);
  }

  private void assertRefused(String sentence, Object... values) {
    assertThatThrownBy(() -> ClipCheckpoint.open(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence, values);
  }
}
