package dev.braid.demo.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.demo.world.World;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import java.io.UncheckedIOException;
import java.util.Map;

/** The three small files of the demo's base in the format of a Hugging Face CLIP. */
final class DemoModelFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final int PROJECTION = 64;
  private static final int CONTEXT = 20;

  private DemoModelFiles() {}

  static Map<String, byte[]> of(Vocabulary vocabulary) {
    return Map.of(
        ClipCheckpoint.CONFIG, bytes(config(vocabulary)),
        ClipCheckpoint.PREPROCESSOR, bytes(preprocessor()),
        ClipCheckpoint.TOKENIZER, bytes(tokenizer(vocabulary)));
  }

  private static ObjectNode config(Vocabulary vocabulary) {
    ObjectNode config = JSON.createObjectNode();
    config.putArray("architectures").add("CLIPModel");
    config
        .put("model_type", "clip")
        .put("projection_dim", PROJECTION)
        .put("torch_dtype", "float32");
    encoder(config.putObject("text_config"), "clip_text_model", 64, 2, 2)
        .put("max_position_embeddings", CONTEXT)
        .put("vocab_size", vocabulary.tokens().size())
        .put("bos_token_id", vocabulary.end() - 1)
        .put("eos_token_id", vocabulary.end())
        .put("pad_token_id", vocabulary.end());
    encoder(config.putObject("vision_config"), "clip_vision_model", 128, 4, 4)
        .put("image_size", World.SIDE)
        .put("patch_size", 8)
        .put("num_channels", 3);
    return config;
  }

  private static ObjectNode encoder(
      ObjectNode node, String type, int width, int layers, int heads) {
    return node.put("model_type", type)
        .put("hidden_size", width)
        .put("intermediate_size", 4 * width)
        .put("num_hidden_layers", layers)
        .put("num_attention_heads", heads)
        .put("hidden_act", "quick_gelu")
        .put("layer_norm_eps", 1e-5)
        .put("projection_dim", PROJECTION);
  }

  private static ObjectNode preprocessor() {
    ObjectNode file = JSON.createObjectNode();
    file.put("do_resize", true).put("do_center_crop", true).put("do_convert_rgb", true);
    file.put("do_rescale", true).put("do_normalize", true).put("rescale_factor", 1 / 255.0);
    file.put("image_processor_type", "CLIPImageProcessor").put("resample", 3);
    file.putObject("size").put("shortest_edge", World.SIDE);
    file.putObject("crop_size").put("height", World.SIDE).put("width", World.SIDE);
    file.putArray("image_mean").add(0.5).add(0.5).add(0.5);
    file.putArray("image_std").add(0.25).add(0.25).add(0.25);
    return file;
  }

  private static ObjectNode tokenizer(Vocabulary vocabulary) {
    ObjectNode file = JSON.createObjectNode();
    file.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = file.putArray("added_tokens");
    added.add(special(vocabulary.end() - 1, Vocabulary.START));
    added.add(special(vocabulary.end(), Vocabulary.END));
    normalizer(file.putObject("normalizer"));
    preTokenizer(file.putObject("pre_tokenizer"));
    ObjectNode frame = file.putObject("post_processor").put("type", "RobertaProcessing");
    frame.putArray("sep").add(Vocabulary.END).add(vocabulary.end());
    frame.putArray("cls").add(Vocabulary.START).add(vocabulary.end() - 1);
    frame.put("trim_offsets", false).put("add_prefix_space", false);
    byteLevel(file.putObject("decoder"), true);
    model(file.putObject("model"), vocabulary);
    return file;
  }

  private static ObjectNode special(int id, String content) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("content", content)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static void normalizer(ObjectNode node) {
    ArrayNode steps = node.put("type", "Sequence").putArray("normalizers");
    steps.addObject().put("type", "NFC");
    ObjectNode blanks = steps.addObject().put("type", "Replace").put("content", " ");
    blanks.putObject("pattern").put("Regex", "\\s+");
    steps.addObject().put("type", "Lowercase");
  }

  private static void preTokenizer(ObjectNode node) {
    ArrayNode steps = node.put("type", "Sequence").putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split").put("behavior", "Removed");
    split.put("invert", true).putObject("pattern").put("Regex", Vocabulary.WORD);
    byteLevel(steps.addObject(), false);
  }

  private static void byteLevel(ObjectNode node, boolean prefixSpace) {
    node.put("type", "ByteLevel").put("add_prefix_space", prefixSpace);
    node.put("trim_offsets", true).put("use_regex", true);
  }

  private static void model(ObjectNode node, Vocabulary vocabulary) {
    node.put("type", "BPE").putNull("dropout").put("unk_token", Vocabulary.END);
    node.put("continuing_subword_prefix", "").put("end_of_word_suffix", Vocabulary.WORD_END);
    node.put("fuse_unk", false).put("byte_fallback", false);
    ObjectNode ids = node.putObject("vocab");
    for (int id = 0; id < vocabulary.tokens().size(); id++) {
      ids.put(vocabulary.tokens().get(id), id);
    }
    ArrayNode merges = node.putArray("merges");
    vocabulary.merges().forEach(pair -> merges.add(pair.left() + ' ' + pair.right()));
  }

  private static byte[] bytes(ObjectNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
