package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.Check;
import dev.braid.store.json.JsonObject;
import java.util.List;

/**
 * The content of an open_clip_config.json, and its conversion to the files of a Hugging Face
 * directory.
 *
 * <p>A base stores the converted files, so a model imported from OpenCLIP's layout is like any
 * other. Their text is canonical: it is part of the base's digest.
 *
 * @param mean of the normalisation of red, green and blue, which range from 0 to 1
 * @param deviation of that normalisation
 */
record OpenClipConfig(ClipConfig clip, List<Double> mean, List<Double> deviation) {
  OpenClipConfig {
    mean = checked("mean", mean);
    deviation = checked("std", deviation);
  }

  private static List<Double> checked(String key, List<Double> channels) {
    Check.argument(
        channels.size() == VisionConfig.CHANNELS,
        "Invalid %s in %s: %s (three numbers)",
        key,
        Layout.OPEN_CLIP.config(),
        channels);
    return List.copyOf(channels);
  }

  /** The config.json of this model. */
  byte[] configJson() {
    TextConfig text = clip.text();
    VisionConfig vision = clip.vision();
    return new JsonObject()
        .with("architectures", List.of("CLIPModel"))
        .with("model_type", "clip")
        .with("projection_dim", clip.projectionDim())
        .with(
            "text_config",
            encoder(text.encoder())
                .with("model_type", "clip_text_model")
                .with("vocab_size", text.vocabularySize())
                .with("max_position_embeddings", text.contextLength())
                .with("eos_token_id", text.endToken())
                .with("pad_token_id", text.padToken()))
        .with(
            "vision_config",
            encoder(vision.encoder())
                .with("model_type", "clip_vision_model")
                .with("image_size", vision.imageSize())
                .with("patch_size", vision.patchSize()))
        .bytes();
  }

  private JsonObject encoder(EncoderConfig encoder) {
    return new JsonObject()
        .with("hidden_size", encoder.width())
        .with("intermediate_size", encoder.mlpWidth())
        .with("num_hidden_layers", encoder.layers())
        .with("num_attention_heads", encoder.heads())
        .with("hidden_act", encoder.activation().label())
        .with("layer_norm_eps", encoder.layerNormEpsilon())
        .with("projection_dim", clip.projectionDim());
  }

  /** The preprocessor_config.json of this model; it omits the steps that are the default. */
  byte[] preprocessorJson() {
    int size = clip.vision().imageSize();
    return new JsonObject()
        .with("image_processor_type", "CLIPImageProcessor")
        .with("size", new JsonObject().with("shortest_edge", size))
        .with("crop_size", new JsonObject().with("height", size).with("width", size))
        .with("resample", 3)
        .with("image_mean", mean)
        .with("image_std", deviation)
        .bytes();
  }
}
