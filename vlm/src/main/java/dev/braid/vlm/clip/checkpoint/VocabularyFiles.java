package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.model.Check;
import java.io.IOException;
import java.util.List;

/**
 * Builds a tokenizer.json from a vocab.json and a merges.txt, the two files in which CLIP's
 * tokenizer was first published.
 *
 * <p>The rest of it is the same for every CLIP, and equals what Hugging Face's own conversion
 * writes.
 */
final class VocabularyFiles {
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";

  private static final ObjectMapper JSON = new ObjectMapper();

  // %1$s and %2$s are the ids of the start and of the end token.
  private static final String CLIP =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [
         {"id": %1$s, "content": "<|startoftext|>", "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false, "special": true},
         {"id": %2$s, "content": "<|endoftext|>", "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false, "special": true}],
       "normalizer": {"type": "Sequence", "normalizers": [
         {"type": "NFC"},
         {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
         {"type": "Lowercase"}]},
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "Split", "behavior": "Removed", "invert": true, "pattern": {"Regex":
          "'s|'t|'re|'ve|'m|'ll|'d|[\\\\p{L}]+|[\\\\p{N}]|[^\\\\s\\\\p{L}\\\\p{N}]+"}},
         {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
          "use_regex": true}]},
       "post_processor": {"type": "RobertaProcessing", "sep": ["<|endoftext|>", %2$s],
         "cls": ["<|startoftext|>", %1$s], "trim_offsets": false, "add_prefix_space": false},
       "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true,
         "use_regex": true},
       "model": {"type": "BPE", "dropout": null, "unk_token": "<|endoftext|>",
         "continuing_subword_prefix": "", "end_of_word_suffix": "</w>", "fuse_unk": false,
         "byte_fallback": false}}
      """;

  private VocabularyFiles() {}

  /** The tokenizer.json; refuses a vocabulary that lacks a token of the merges. */
  static byte[] tokenizerJson(byte[] vocabJson, byte[] mergesTxt) {
    ObjectNode vocabulary = vocabulary(vocabJson);
    ArrayNode merges = merges(mergesTxt, vocabulary);
    String clip =
        CLIP.formatted(id(vocabulary, "<|startoftext|>"), id(vocabulary, "<|endoftext|>"));
    try {
      JsonNode tokenizer = JSON.readTree(clip);
      ((ObjectNode) tokenizer.get("model"))
          .<ObjectNode>set("vocab", vocabulary)
          .set("merges", merges);
      return JSON.writeValueAsBytes(tokenizer);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Cannot write parsed JSON", e);
    }
  }

  private static ObjectNode vocabulary(byte[] vocabJson) {
    try {
      JsonNode vocabulary = JSON.readTree(vocabJson);
      Check.argument(vocabulary.isObject(), "Cannot read %s: it is not a JSON object", VOCABULARY);
      return (ObjectNode) vocabulary;
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read %s: it is not JSON".formatted(VOCABULARY), e);
    }
  }

  /** The merges, without the first line, which contains the format's version. */
  private static ArrayNode merges(byte[] mergesTxt, ObjectNode vocabulary) {
    List<String> lines = new String(mergesTxt, UTF_8).strip().lines().toList();
    Check.argument(lines.size() > 1, "Invalid %s: it has no merges after its first line", MERGES);
    ArrayNode merges = JSON.createArrayNode();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      String[] parts = line.split(" ", -1);
      Check.argument(
          parts.length == 2, "Invalid %s: line %s is '%s' (two tokens)", MERGES, i + 1, line);
      for (String token : List.of(parts[0], parts[1], parts[0] + parts[1])) {
        Check.argument(
            vocabulary.has(token),
            "Invalid %s: line %s, '%s', needs the token '%s', which %s lacks",
            MERGES,
            i + 1,
            line,
            token,
            VOCABULARY);
      }
      merges.add(line);
    }
    return merges;
  }

  private static int id(ObjectNode vocabulary, String token) {
    JsonNode id = vocabulary.path(token);
    Check.argument(id.isInt(), "Invalid %s: it has no id for %s", VOCABULARY, token);
    return id.intValue();
  }
}
