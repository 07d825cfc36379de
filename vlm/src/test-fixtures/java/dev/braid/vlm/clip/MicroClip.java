package dev.braid.vlm.clip;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.checkpoint.Activation;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.clip.checkpoint.EncoderConfig;
import dev.braid.vlm.clip.checkpoint.TextConfig;
import dev.braid.vlm.clip.checkpoint.VisionConfig;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** A CLIP of a few thousand parameters, whose two towers differ in every size. */
public final class MicroClip {
  private static final int START = 18;
  private static final int END = 19;

  private static final String CONFIG =
      """
      {"projection_dim": 5,
       "text_config": {"hidden_size": 6, "intermediate_size": 10, "num_hidden_layers": 2,
         "num_attention_heads": 3, "max_position_embeddings": 7, "vocab_size": 20,
         "eos_token_id": 19, "pad_token_id": 19},
       "vision_config": {"hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 3,
         "num_attention_heads": 2, "image_size": 8, "patch_size": 4}}
      """;
  // %1$s is the side of an image.
  private static final String PREPROCESSOR =
      """
{"crop_size": {"height": %1$s, "width": %1$s}, "do_center_crop": true, "do_convert_rgb": true,
 "do_normalize": true, "do_rescale": true, "do_resize": true, "resample": 3,
 "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": %1$s},
 "image_mean": [0.48145466, 0.4578275, 0.40821073],
 "image_std": [0.26862954, 0.26130258, 0.27577711]}
""";
  // %1$s is the id of the end token.
  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [
         {"id": 18, "content": "<start>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true},
         {"id": %1$s, "content": "<end>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true}],
       "normalizer": {"type": "Lowercase"},
       "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[a-z]+"}, "behavior": "Removed",
         "invert": true},
       "post_processor": {"type": "RobertaProcessing", "sep": ["<end>", %1$s],
         "cls": ["<start>", 18], "trim_offsets": false, "add_prefix_space": false},
       "decoder": null,
       "model": {"type": "BPE", "dropout": null, "unk_token": "<end>",
         "continuing_subword_prefix": "", "end_of_word_suffix": "</w>", "fuse_unk": false,
         "vocab": {"a</w>": 0, "b</w>": 1, "c</w>": 2, "d</w>": 3, "e</w>": 4, "f</w>": 5,
           "g</w>": 6, "h</w>": 7, "<start>": 18, "<end>": %1$s},
         "merges": []}}
      """;

  private MicroClip() {}

  public static ClipConfig config() {
    return config(Activation.QUICK_GELU);
  }

  public static ClipConfig config(Activation activation) {
    return new ClipConfig(
        new TextConfig(new EncoderConfig(6, 10, 2, 3, activation, 1e-5), 20, 7, END, END),
        new VisionConfig(new EncoderConfig(8, 16, 3, 2, activation, 1e-5), 8, 4),
        5);
  }

  /** Random weights, large enough that every part of the network matters. */
  public static Weights weights(ClipConfig config, long seed) {
    return new Weights() {
      @Override
      public List<TensorSpec> tensors() {
        return config.tensors();
      }

      @Override
      public void forEach(Reader reader) throws IOException {
        Random random = new Random(seed);
        for (TensorSpec spec : tensors()) {
          reader.accept(new NamedTensor(spec, values(spec, random)));
        }
      }
    };
  }

  private static float[] values(TensorSpec spec, Random random) {
    float centre = spec.name().contains("norm") && spec.name().endsWith("weight") ? 1 : 0;
    centre = spec.name().equals(ClipConfig.LOGIT_SCALE) ? 2 : centre;
    float[] values = new float[(int) spec.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = centre + 0.3f * (float) random.nextGaussian();
    }
    return values;
  }

  /** Random pixels of n images. */
  public static float[] pixels(int n, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[n * 3 * 8 * 8];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return pixels;
  }

  /** Three texts of different lengths, padded with their end token. */
  public static List<int[]> texts() {
    return List.of(
        new int[] {START, 3, 4, END, END, END, END},
        new int[] {START, 5, END, END, END, END, END},
        new int[] {START, 4, 4, 7, 1, END, END});
  }

  /** Where each of the texts ends. */
  static int[] ends() {
    return new int[] {3, 2, 5};
  }

  /** The texts as a batch. */
  public static TokenBatch prompts() {
    return TokenBatch.of(texts(), ends());
  }

  /** Random texts of one length, for a model of any size. */
  public static TokenBatch prompts(int n, int length, TextConfig config) {
    Random random = new Random(n);
    List<int[]> texts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int[] ids = random.ints(config.contextLength(), 2, config.vocabularySize()).toArray();
      ids[length] = config.endToken();
      texts.add(ids);
    }
    int[] ends = new int[n];
    Arrays.fill(ends, length);
    return TokenBatch.of(texts, ends);
  }

  /** The files of this model, by name; its tokenizer knows words of one letter, a to h. */
  public static Map<String, byte[]> files() {
    return files(CONFIG.getBytes(UTF_8));
  }

  /** The files of the model with this config.json; the other files fit it. */
  private static Map<String, byte[]> files(byte[] configJson) {
    ClipConfig config = ClipConfig.parse(configJson);
    String preprocessor = PREPROCESSOR.formatted(config.vision().imageSize());
    String tokenizer = TOKENIZER.formatted(endOf(config.text()));
    return Map.of(
        "config.json", configJson,
        "preprocessor_config.json", preprocessor.getBytes(UTF_8),
        "tokenizer.json", tokenizer.getBytes(UTF_8));
  }

  /** The tokenizer's end token: the last one, where config.json does not tell another. */
  private static int endOf(TextConfig config) {
    return config.endToken() == TextConfig.TOLD_BY_TOKENIZER
        ? config.vocabularySize() - 1
        : config.endToken();
  }

  /** The definition of this model. */
  public static ClipDefinition definition() {
    return ClipDefinition.of(files());
  }

  /** The definition of the model with this config.json. */
  public static ClipDefinition definition(byte[] configJson) {
    return ClipDefinition.of(files(configJson));
  }

  /** A random image, encoded as PNG. */
  public static byte[] picture(long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(11, 9, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 99; i++) {
      image.setRGB(i % 11, i / 11, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", encoded);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return encoded.toByteArray();
  }
}
