package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.model.TensorSpec;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClipConfigTest {
  private static ClipConfig parse(String json) {
    return ClipConfig.parse(json.replace('\'', '"').getBytes(UTF_8));
  }

  @Test
  void parse_ofPatch16AndDefaults_isClipViTB16() {
    ClipConfig config = parse("{'vision_config': {'patch_size': 16}}");

    // The published figures of CLIP ViT-B/16.
    assertThat(config.tensors()).hasSize(398);
    assertThat(sizeOf(config.tensors())).isEqualTo(149_620_737);
    assertThat(config.trained()).hasSize(397);
    assertThat(sizeOf(config.trained())).isEqualTo(149_620_736);
  }

  private static long sizeOf(List<TensorSpec> tensors) {
    return tensors.stream().mapToLong(TensorSpec::size).sum();
  }

  @Test
  void tensors_areSortedByNameWithTheShapesOfHuggingFace() {
    List<TensorSpec> tensors =
        parse(
                """
                {'projection_dim': 6,
                 'text_config': {'hidden_size': 8, 'intermediate_size': 20, 'vocab_size': 50,
                  'num_hidden_layers': 1, 'num_attention_heads': 2, 'max_position_embeddings': 5,
                  'eos_token_id': 49, 'pad_token_id': 0},
                 'vision_config': {'hidden_size': 12, 'intermediate_size': 30,
                  'num_hidden_layers': 11, 'num_attention_heads': 3, 'image_size': 32,
                  'patch_size': 8}}
                """)
            .tensors();

    assertThat(tensors).isSortedAccordingTo(Comparator.comparing(TensorSpec::name));
    assertThat(tensors)
        .contains(
            new TensorSpec("logit_scale", List.of()),
            TensorSpec.of("text_projection.weight", 6, 8),
            TensorSpec.of("visual_projection.weight", 6, 12),
            TensorSpec.of("text_model.embeddings.token_embedding.weight", 50, 8),
            TensorSpec.of("text_model.embeddings.position_embedding.weight", 5, 8),
            TensorSpec.of("text_model.encoder.layers.0.mlp.fc1.weight", 20, 8),
            TensorSpec.of("text_model.encoder.layers.0.mlp.fc2.weight", 8, 20),
            TensorSpec.of("text_model.encoder.layers.0.mlp.fc1.bias", 20),
            TensorSpec.of("text_model.final_layer_norm.bias", 8),
            TensorSpec.of("vision_model.embeddings.class_embedding", 12),
            TensorSpec.of("vision_model.embeddings.patch_embedding.weight", 12, 3, 8, 8),
            TensorSpec.of("vision_model.embeddings.position_embedding.weight", 17, 12),
            TensorSpec.of("vision_model.encoder.layers.10.self_attn.out_proj.weight", 12, 12),
            TensorSpec.of("vision_model.pre_layrnorm.weight", 12),
            TensorSpec.of("vision_model.post_layernorm.bias", 12));
  }

  @Test
  void parse_ofDefaults_hasTheTokensAndActivationOfHuggingFace() {
    ClipConfig config = parse("{}");

    assertThat(config.text().endToken()).isEqualTo(49407);
    assertThat(config.text().padToken()).isEqualTo(1);
    assertThat(config.text().contextLength()).isEqualTo(77);
    assertThat(config.vision().patches()).isEqualTo(49);
    assertThat(config.vision().encoder())
        .isEqualTo(new EncoderConfig(768, 3072, 12, 12, Activation.QUICK_GELU, 1e-5));
  }

  @Test
  void parse_ofLegacyEndToken_leavesItToTheTokenizer() {
    TextConfig text =
        parse("{'text_config': {'eos_token_id': 2, 'pad_token_id': 1, 'vocab_size': 300}}").text();

    assertThat(text.endToken()).isEqualTo(TextConfig.TOLD_BY_TOKENIZER);
  }

  @Test
  void parse_ofMetaClip2_isAClip() {
    ClipConfig config =
        parse(
            """
            {'model_type': 'metaclip_2', 'text_config': {'model_type': 'metaclip_2_text_model',
              'eos_token_id': 2}, 'vision_config': {'model_type': 'metaclip_2_vision_model'}}
            """);

    assertThat(config.tensors()).isEqualTo(parse("{}").tensors());
  }

  @Test
  void parse_ofTowerToldTwice_completesOneByTheOther() {
    ClipConfig config =
        parse(
            """
            {'text_config': {'hidden_act': 'gelu', 'hidden_size': 256, 'projection_dim': 512},
             'text_config_dict':
               {'hidden_act': 'gelu', 'hidden_size': 256, 'num_attention_heads': 4,
                'projection_dim': 256},
             'vision_config_dict': null}
            """);

    assertThat(config.text().encoder().width()).isEqualTo(256);
    assertThat(config.text().encoder().headWidth()).isEqualTo(64);
    assertThat(config.text().encoder().activation()).isEqualTo(Activation.GELU);
  }

  @Test
  void parse_ofOlderFormThatLeavesOutTheLegacyEndToken_stillLeavesItToTheTokenizer() {
    TextConfig text =
        parse("{'text_config': {'eos_token_id': 2, 'pad_token_id': 1}, 'text_config_dict': {}}")
            .text();

    assertThat(text.endToken()).isEqualTo(TextConfig.TOLD_BY_TOKENIZER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'text_config': {'hidden_act': 'relu'}} |"
            + " Invalid hidden_act in config.json: relu (quick_gelu or gelu)",
        "{'text_config': {'hidden_size': 8}, 'text_config_dict': {'hidden_size': 16}} |"
            + " Invalid hidden_size in config.json: 8, but by the older form of the same section it"
            + " is 16",
        "{'text_config': {'hidden_act': 'gelu'}, 'text_config_dict': {'hidden_size': 512}} |"
            + " Invalid hidden_act in config.json: \"gelu\", but by the older form of the same"
            + " section it is \"quick_gelu\"",
        "{'text_config_dict': 7} | Invalid text_config_dict in config.json: 7 (an object)",
        "{'vision_config_dict': {'is_decoder': true}} |"
            + " Invalid is_decoder in config.json: true (only false is supported)",
        "{'text_config': {'model_type': 'xlm-roberta'}} |"
            + " Invalid model_type in config.json: xlm-roberta (clip_text_model)",
        "{'vision_config': {'pruned_heads': {'0': [1]}}} |"
            + " Invalid pruned_heads in config.json: {\"0\":[1]} (only {} is supported)",
        "{'quantization_config': {'bits': 4}} |"
            + " Invalid quantization_config in config.json: {\"bits\":4} (only null is supported)",
        "{'text_config': {'num_hidden_layers': 2000000000}} |"
            + " Invalid num_hidden_layers: 2000000000 (1 to 1024)",
        "{'vision_config': {'image_size': 2000000000}} |"
            + " Invalid image_size: 2000000000 (1 to 4096)",
        "{'projection_dim': 0} | Invalid projection_dim in config.json: 0 (a positive integer)",
        "{'projection_dim': 1.5} | Invalid projection_dim in config.json: 1.5 (a positive integer)",
        "{'projection_dim': '512'} |"
            + " Invalid projection_dim in config.json: \"512\" (a positive integer)",
        "{'vision_config': {'hidden_size': 770}} |"
            + " Invalid num_attention_heads: 12 (must divide the hidden_size 770)",
        "{'vision_config': {'image_size': 225}} |"
            + " Invalid patch_size: 32 (must divide the image_size 225)",
        "{'vision_config': {'num_channels': 1}} |"
            + " Invalid num_channels in config.json: 1 (images have 3)",
        "{'text_config': {'layer_norm_eps': 0}} |"
            + " Invalid layer_norm_eps: 0.0 (between 0 and 1)",
        "{'text_config': {'eos_token_id': 49408}} |"
            + " Invalid eos_token_id: 49408 (from 0 to below the vocab_size 49408)",
        "{'text_config': {'max_position_embeddings': 2}} |"
            + " Invalid max_position_embeddings: 2 (at least 3: start, a token, end)",
        "{'text_config': 7} | Invalid text_config in config.json: 7 (an object)",
        "{'model_type': 'siglip'} | Invalid model_type in config.json: siglip (it is a SigLIP,"
            + " which Braid does not read; use a CLIP)",
        "{'model_type': 'clip_vision_model'} | Invalid model_type in config.json: clip_vision_model"
            + " (it is only the image half of a CLIP; save the whole CLIPModel in one folder)",
        "{'model_type': 'metaclip_2', 'text_config': {'model_type': 'clip_text_model'}} | Invalid"
            + " model_type in config.json: clip_text_model (metaclip_2_text_model)",
        "{'model_type': 'bert'} | Invalid model_type in config.json: bert (clip)",
        "[] | Cannot read config.json: it is not a JSON object",
        "{'a': 1} {} | Cannot read config.json: it is not JSON",
        "{'a': 1, 'a': 2} | Cannot read config.json: it is not JSON",
        "{ | Cannot read config.json: it is not JSON",
      })
  void parse_ofUnfitSettings_refusesInOneSentence(String json, String sentence) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
