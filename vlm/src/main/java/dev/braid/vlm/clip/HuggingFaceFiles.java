package dev.braid.vlm.clip;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that Hugging Face's loaders want beside a CLIP, made from those that define it.
 *
 * <p>Files that are there stay as they are, with one exception: a tokenizer_config.json without the
 * context length, by which texts are truncated, gets it.
 */
final class HuggingFaceFiles {
  private static final String PROCESSOR = "processor_config.json";
  private static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  private static final String VOCABULARY = "vocab.json";
  private static final String MERGES = "merges.txt";
  private static final String TYPE = "image_processor_type";

  private static final ObjectMapper JSON = new ObjectMapper();

  private HuggingFaceFiles() {}

  /** The given files and those that are missing, by name. */
  static SortedMap<String, byte[]> complete(Map<String, byte[]> files) {
    SortedMap<String, byte[]> all = new TreeMap<>(files);
    ClipDefinition definition = ClipDefinition.of(files);
    JsonNode tokenizer = object(files, ClipCheckpoint.TOKENIZER);
    all.computeIfAbsent(PROCESSOR, name -> processor(files));
    all.put(TOKENIZER_CONFIG, tokenizerConfig(files, definition, tokenizer));
    JsonNode model = tokenizer.path("model");
    if (model.path("type").asText().equals("BPE")) {
      all.computeIfAbsent(VOCABULARY, name -> bytes(vocabulary(tokenizer)));
      all.computeIfAbsent(MERGES, name -> merges(model.path("merges")));
    }
    return all;
  }

  private static byte[] processor(Map<String, byte[]> files) {
    ObjectNode image = object(files, ClipCheckpoint.PREPROCESSOR).deepCopy();
    if (!image.has(TYPE)) {
      image.put(TYPE, "CLIPImageProcessor");
    }
    ObjectNode processor = JSON.createObjectNode();
    processor.set("image_processor", image);
    return bytes(processor.put("processor_class", "CLIPProcessor"));
  }

  private static byte[] tokenizerConfig(
      Map<String, byte[]> files, ClipDefinition definition, JsonNode tokenizer) {
    byte[] given = files.getOrDefault(TOKENIZER_CONFIG, "{}".getBytes(UTF_8));
    ObjectNode config = object(Map.of(TOKENIZER_CONFIG, given), TOKENIZER_CONFIG).deepCopy();
    int context = definition.config().text().contextLength();
    int[] empty = emptyText(definition);
    String end = content(tokenizer, empty[empty.length - 1]);
    JsonNode longest = config.path("model_max_length");
    boolean isKnown = longest.isIntegralNumber() && longest.canConvertToInt();
    if (!isKnown || longest.intValue() > context) {
      config.put("model_max_length", context);
    }
    putIfMissing(config, "tokenizer_class", tokenizerClass(tokenizer));
    putIfMissing(config, "bos_token", content(tokenizer, empty[0]));
    putIfMissing(config, "eos_token", end);
    putIfMissing(config, "pad_token", end);
    boolean isUnchanged = config.equals(object(Map.of(TOKENIZER_CONFIG, given), TOKENIZER_CONFIG));
    return isUnchanged ? given : bytes(config);
  }

  private static void putIfMissing(ObjectNode config, String key, String value) {
    if (!config.hasNonNull(key)) {
      config.put(key, value);
    }
  }

  private static int[] emptyText(ClipDefinition definition) {
    try (ClipTokenizer tokenizer = definition.openTokenizer()) {
      return tokenizer.tokens("");
    }
  }

  /**
   * CLIPTokenizer builds a tokenizer of its own from the vocabulary. Of another one than CLIP's,
   * the file is what counts.
   */
  private static String tokenizerClass(JsonNode tokenizer) {
    boolean isClips =
        tokenizer.at("/model/end_of_word_suffix").asText().equals("</w>")
            && tokenizer.at("/normalizer/normalizers/2/type").asText().equals("Lowercase")
            && tokenizer.at("/pre_tokenizer/pretokenizers/1/type").asText().equals("ByteLevel")
            && content(tokenizer, "<|startoftext|>")
            && content(tokenizer, "<|endoftext|>");
    return isClips ? "CLIPTokenizer" : "PreTrainedTokenizerFast";
  }

  private static boolean content(JsonNode tokenizer, String token) {
    return vocabulary(tokenizer).has(token);
  }

  /** The text of a token. */
  private static String content(JsonNode tokenizer, int id) {
    for (JsonNode added : tokenizer.path("added_tokens")) {
      if (added.path("id").asInt(-1) == id) {
        return added.path("content").asText();
      }
    }
    return vocabulary(tokenizer).properties().stream()
        .filter(token -> token.getValue().asInt(-1) == id)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  /** The ids of all tokens, also of those that were added, in the order of the files. */
  private static ObjectNode vocabulary(JsonNode tokenizer) {
    ObjectNode vocabulary = JSON.createObjectNode();
    if (tokenizer.at("/model/vocab") instanceof ObjectNode own) {
      vocabulary.setAll(own);
    }
    for (JsonNode added : tokenizer.path("added_tokens")) {
      String content = added.path("content").asText();
      if (!vocabulary.has(content)) {
        vocabulary.set(content, added.path("id"));
      }
    }
    return vocabulary;
  }

  private static byte[] merges(JsonNode merges) {
    StringBuilder lines = new StringBuilder("#version: 0.2\n");
    for (JsonNode merge : merges) {
      lines.append(
          merge.isArray() ? merge.path(0).asText() + " " + merge.path(1).asText() : merge.asText());
      lines.append('\n');
    }
    return lines.toString().getBytes(UTF_8);
  }

  private static ObjectNode object(Map<String, byte[]> files, String name) {
    try {
      if (JSON.readTree(Objects.requireNonNull(files.get(name))) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read %s: it is not JSON".formatted(name), e);
    }
    throw new IllegalArgumentException("Cannot read %s: it is not a JSON object".formatted(name));
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Cannot write parsed JSON", e);
    }
  }
}
