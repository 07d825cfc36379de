package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.Check;
import dev.braid.vlm.checkpoint.ConfigReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an open_clip_config.json.
 *
 * <p>OpenCLIP covers many architectures, which the options select. This parser supports the CLIP
 * with two plain transformers. It refuses options of other architectures unless they have their
 * default value, and it refuses unknown options.
 */
final class OpenClipConfigParser {
  private static final List<Double> MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
  private static final List<Double> DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);
  private static final double EPSILON = 1e-5;

  private static final Set<String> MODEL =
      Set.of(
          "embed_dim",
          "vision_cfg",
          "text_cfg",
          "quick_gelu",
          "init_logit_scale",
          "cast_dtype",
          "output_dict",
          "nonscalar_logit_scale");
  private static final Set<String> VISION =
      Set.of(
          "layers",
          "width",
          "head_width",
          "mlp_ratio",
          "patch_size",
          "image_size",
          "norm_kwargs",
          "patch_dropout",
          "n_queries",
          "attn_pooler_heads",
          "timm_model_pretrained",
          "timm_pool",
          "timm_proj",
          "timm_proj_bias",
          "timm_drop",
          "timm_drop_path");
  private static final Set<String> TEXT =
      Set.of(
          "context_length",
          "vocab_size",
          "width",
          "heads",
          "layers",
          "mlp_ratio",
          "norm_kwargs",
          "hf_tokenizer_name",
          "tokenizer_kwargs",
          "pad_id",
          "eos_id",
          "hf_model_pretrained",
          "hf_proj_type",
          "hf_pooler_type",
          "proj",
          "pooler_type");

  /** Options that change the model, with the JSON of the one supported value. */
  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          Map.entry("custom_text", "false"),
          Map.entry("init_logit_bias", "null"),
          Map.entry("multimodal_cfg", "null"),
          Map.entry("ls_init_value", "null"),
          Map.entry("input_patchnorm", "false"),
          Map.entry("global_average_pool", "false"),
          Map.entry("attentional_pool", "false"),
          Map.entry("no_ln_pre", "false"),
          Map.entry("pos_embed_type", "\"learnable\""),
          Map.entry("final_ln_after_pool", "false"),
          Map.entry("output_tokens", "false"),
          Map.entry("act_kwargs", "null"),
          Map.entry("timm_model_name", "null"),
          Map.entry("embed_cls", "false"),
          Map.entry("no_causal_mask", "false"),
          Map.entry("proj_bias", "false"),
          Map.entry("proj_type", "\"linear\""),
          Map.entry("hf_model_name", "null"));

  private final ConfigReader model;
  private final Activation activation;

  private OpenClipConfigParser(ConfigReader model) {
    this.model = model;
    this.activation = model.flag("quick_gelu") ? Activation.QUICK_GELU : Activation.GELU;
  }

  static OpenClipConfig parse(byte[] json) {
    ConfigReader config = ConfigReader.parse(Layout.OPEN_CLIP.config(), json);
    config.refuseOthers(Set.of("model_cfg", "preprocess_cfg"), Map.of());
    OpenClipConfigParser parser = new OpenClipConfigParser(config.section("model_cfg"));
    ClipConfig clip = parser.clip();
    ConfigReader preprocessing = config.section("preprocess_cfg");
    checkPreprocessing(preprocessing, clip.vision().imageSize());
    return new OpenClipConfig(
        clip, preprocessing.numbers("mean", MEAN), preprocessing.numbers("std", DEVIATION));
  }

  private static void checkPreprocessing(ConfigReader preprocessing, int imageSize) {
    preprocessing.refuseOthers(
        Set.of("mean", "std", "size", "fill_color"),
        Map.of("mode", "\"RGB\"", "interpolation", "\"bicubic\"", "resize_mode", "\"shortest\""));
    int size = preprocessing.side("size", imageSize);
    Check.argument(
        size == imageSize,
        "Invalid size in %s: %s (the image_size is %s)",
        preprocessing.file(),
        size,
        imageSize);
  }

  private ClipConfig clip() {
    model.refuseOthers(MODEL, PLAIN);
    return new ClipConfig(
        text(model.section("text_cfg")),
        vision(model.section("vision_cfg")),
        model.positive("embed_dim", 512));
  }

  private VisionConfig vision(ConfigReader vision) {
    vision.refuseOthers(VISION, plainWith("pool_type", "\"tok\""));
    int width = vision.positive("width", 768);
    int heads = width / vision.positive("head_width", 64);
    return new VisionConfig(
        encoder(vision, width, heads),
        vision.side("image_size", 224),
        vision.side("patch_size", 16));
  }

  /** The text's feature is read at the highest id, which is the end token; it also pads. */
  private TextConfig text(ConfigReader text) {
    text.refuseOthers(TEXT, plainWith("pool_type", "\"argmax\""));
    EncoderConfig encoder = encoder(text, text.positive("width", 512), text.positive("heads", 8));
    int vocabularySize = text.positive("vocab_size", 49408);
    int endToken = vocabularySize - 1;
    int contextLength = text.positive("context_length", 77);
    return new TextConfig(encoder, vocabularySize, contextLength, endToken, endToken);
  }

  private static Map<String, String> plainWith(String option, String value) {
    Map<String, String> options = new HashMap<>(PLAIN);
    options.put(option, value);
    return options;
  }

  private EncoderConfig encoder(ConfigReader tower, int width, int heads) {
    ConfigReader norm = tower.section("norm_kwargs");
    norm.refuseOthers(Set.of("eps"), Map.of());
    return new EncoderConfig(
        width,
        (int) (width * tower.number("mlp_ratio", 4)),
        tower.positive("layers", 12),
        heads,
        activation,
        norm.number("eps", EPSILON));
  }
}
