package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.Check;
import dev.braid.vlm.checkpoint.ConfigReader;
import java.util.Map;

/**
 * Reads the config.json of a Hugging Face CLIP directory.
 *
 * <p>Two conventions of old files are supported. A tower may be described twice, in {@code
 * text_config} and {@code text_config_dict}: the second overrides the first including its defaults,
 * and a file in which they differ is refused. An {@code eos_token_id} of 2 is often wrong: see
 * {@link TextConfig#TOLD_BY_TOKENIZER}.
 */
final class ClipConfigParser {
  private static final Defaults TEXT_DEFAULTS = new Defaults(512, 2048, 8);
  private static final Defaults VISION_DEFAULTS = new Defaults(768, 3072, 12);

  /** Options that change the model, with the JSON of the one supported value, their default. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "quantization_config", "null",
          "auto_map", "null",
          "pruned_heads", "{}",
          "is_decoder", "false",
          "is_encoder_decoder", "false",
          "add_cross_attention", "false");

  private record Defaults(int width, int mlpWidth, int heads) {}

  private ClipConfigParser() {}

  static ClipConfig parse(byte[] json) {
    ConfigReader config = ConfigReader.parse("config.json", json);
    ModelType type = ModelType.of(config);
    config.refuseUnless(PLAIN);
    return new ClipConfig(
        text(config.section("text_config", "text_config_dict"), type),
        vision(config.section("vision_config", "vision_config_dict"), type),
        config.positive("projection_dim", 512));
  }

  private static TextConfig text(ConfigReader text, ModelType type) {
    text.requireIfPresent(ModelType.KEY, type.text());
    EncoderConfig encoder = encoder(text, TEXT_DEFAULTS);
    int vocabularySize = text.positive("vocab_size", 49408);
    int endToken = text.token("eos_token_id", 49407);
    int padToken = text.token("pad_token_id", 1);
    int contextLength = text.positive("max_position_embeddings", 77);
    return new TextConfig(encoder, vocabularySize, contextLength, endToken, padToken);
  }

  private static VisionConfig vision(ConfigReader vision, ModelType type) {
    vision.requireIfPresent(ModelType.KEY, type.vision());
    EncoderConfig encoder = encoder(vision, VISION_DEFAULTS);
    int channels = vision.positive("num_channels", VisionConfig.CHANNELS);
    Check.argument(
        channels == VisionConfig.CHANNELS,
        "Invalid num_channels in config.json: %s (images have 3)",
        channels);
    return new VisionConfig(
        encoder, vision.positive("image_size", 224), vision.positive("patch_size", 32));
  }

  private static EncoderConfig encoder(ConfigReader tower, Defaults defaults) {
    tower.refuseUnless(PLAIN);
    return new EncoderConfig(
        tower.positive("hidden_size", defaults.width()),
        tower.positive("intermediate_size", defaults.mlpWidth()),
        tower.positive("num_hidden_layers", 12),
        tower.positive("num_attention_heads", defaults.heads()),
        activation(tower.text("hidden_act", Activation.QUICK_GELU.label())),
        tower.number("layer_norm_eps", 1e-5));
  }

  private static Activation activation(String label) {
    for (Activation activation : Activation.values()) {
      if (activation.label().equals(label)) {
        return activation;
      }
    }
    throw new IllegalArgumentException(
        "Invalid hidden_act in config.json: %s (quick_gelu or gelu)".formatted(label));
  }
}
