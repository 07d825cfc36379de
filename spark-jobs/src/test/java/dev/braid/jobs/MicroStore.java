package dev.braid.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.NamedTensor;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.ShardCut;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.ClipDefinition;
import dev.braid.vlm.checkpoint.ClipConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Stores over a random CLIP of a few thousand parameters, on which jobs take milliseconds. */
public final class MicroStore {
  private static final String CONFIG =
      """
      {"projection_dim": 5,
       "text_config": {"hidden_size": 6, "intermediate_size": 10, "num_hidden_layers": 2,
         "num_attention_heads": 3, "max_position_embeddings": 7, "vocab_size": 20,
         "eos_token_id": 19, "pad_token_id": 19},
       "vision_config": {"hidden_size": 8, "intermediate_size": 16, "num_hidden_layers": 3,
         "num_attention_heads": 2, "image_size": 8, "patch_size": 4}}
      """;
  private static final String PREPROCESSOR =
      """
      {"crop_size": {"height": 8, "width": 8}, "do_center_crop": true, "do_convert_rgb": true,
       "do_normalize": true, "do_rescale": true, "do_resize": true, "resample": 3,
       "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 8},
       "image_mean": [0.5, 0.5, 0.5], "image_std": [0.25, 0.25, 0.25]}
      """;

  /** Every letter from a to h is a token; each letter of a text is a word. */
  private static final String TOKENIZER =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [
         {"id": 18, "content": "<start>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true},
         {"id": 19, "content": "<end>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true}],
       "normalizer": {"type": "Lowercase"},
       "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[a-z]+"}, "behavior": "Removed",
         "invert": true},
       "post_processor": {"type": "RobertaProcessing", "sep": ["<end>", 19],
         "cls": ["<start>", 18], "trim_offsets": false, "add_prefix_space": false},
       "decoder": null,
       "model": {"type": "BPE", "dropout": null, "unk_token": "<end>",
         "continuing_subword_prefix": "", "end_of_word_suffix": "</w>", "fuse_unk": false,
         "vocab": {"a</w>": 0, "b</w>": 1, "c</w>": 2, "d</w>": 3, "e</w>": 4, "f</w>": 5,
           "g</w>": 6, "h</w>": 7, "<start>": 18, "<end>": 19},
         "merges": []}}
      """;

  public static final Map<String, byte[]> FILES =
      Map.of(
          "config.json", CONFIG.getBytes(UTF_8),
          "preprocessor_config.json", PREPROCESSOR.getBytes(UTF_8),
          "tokenizer.json", TOKENIZER.getBytes(UTF_8));
  public static final ClipDefinition DEFINITION = ClipDefinition.of(FILES);

  private MicroStore() {}

  /** Creates a store in the folder with several shards of several rows. */
  public static StoreLocation create(Path folder) throws IOException {
    StoreLocation location = StoreLocation.of(folder.toString());
    ModelStore.create(location, weights(1), FILES, new ShardCut(2048, 1024), Map.of());
    return location;
  }

  public static ParameterSpace space(StoreLocation location) {
    ModelStore store = ModelStore.open(location);
    return new ParameterSpace(
        store.baseDigest(), new ParameterKind.Full(), DEFINITION.config().trained());
  }

  /** Random weights, large enough that every part of the network affects the output. */
  public static Weights weights(long seed) {
    List<TensorSpec> tensors = DEFINITION.config().tensors();
    return new Weights() {
      @Override
      public List<TensorSpec> tensors() {
        return tensors;
      }

      @Override
      public void forEach(Reader reader) throws IOException {
        Random random = new Random(seed);
        for (TensorSpec spec : tensors) {
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
}
