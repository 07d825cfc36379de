package dev.braid.vlm.clip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClipTokenizerTest {
  /**
   * Letters a to c and the word "ab"; 9 starts a text, 10 ends it. Asks to cut and pad, in vain.
   */
  private static final byte[] TOKENIZER =
      """
      {"version": "1.0",
       "truncation": {"max_length": 3, "strategy": "LongestFirst", "stride": 0,
         "direction": "Right"},
       "padding": {"strategy": {"Fixed": 4}, "direction": "Left", "pad_id": 0, "pad_type_id": 0,
         "pad_to_multiple_of": null, "pad_token": "a"},
       "added_tokens": [
         {"id": 9, "content": "<start>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true},
         {"id": 10, "content": "<end>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true}],
       "normalizer": {"type": "Lowercase"},
       "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[a-z]+"}, "behavior": "Removed",
         "invert": true},
       "post_processor": {"type": "RobertaProcessing", "sep": ["<end>", 10],
         "cls": ["<start>", 9], "trim_offsets": false, "add_prefix_space": false},
       "decoder": null,
       "model": {"type": "BPE", "dropout": null, "unk_token": "<end>",
         "continuing_subword_prefix": "", "end_of_word_suffix": "</w>", "fuse_unk": false,
         "vocab": {"a": 0, "b": 1, "c": 2, "a</w>": 3, "b</w>": 4, "c</w>": 5, "ab</w>": 6,
           "<start>": 9, "<end>": 10},
         "merges": ["a b</w>"]}}
      """
          .getBytes(UTF_8);

  private static ClipConfig config(int end, int pad, int vocabulary) {
    return ClipConfig.parse(
        """
        {"text_config": {"max_position_embeddings": 6, "vocab_size": %d, "eos_token_id": %d,
         "pad_token_id": %d}}
        """
            .formatted(vocabulary, end, pad)
            .getBytes(UTF_8));
  }

  @Test
  void encode_ofShortText_padsBehindTheEnd() {
    try (ClipTokenizer tokenizer = ClipTokenizer.of(TOKENIZER, config(10, 7, 11))) {
      assertThat(tokenizer.encode("AB c")).containsExactly(9, 6, 5, 10, 7, 7);
      assertThat(tokenizer.encode("")).containsExactly(9, 10, 7, 7, 7, 7);
      assertThat(tokenizer.endPosition(tokenizer.encode("AB c"))).isEqualTo(3);
    }
  }

  @Test
  void encode_ofLongText_cutsButKeepsTheEnd() {
    try (ClipTokenizer tokenizer = ClipTokenizer.of(TOKENIZER, config(10, 7, 11))) {
      assertThat(tokenizer.encode("a b c a")).containsExactly(9, 3, 4, 5, 3, 10);
      assertThat(tokenizer.encode("a b c a b")).containsExactly(9, 3, 4, 5, 3, 10);
      assertThat(tokenizer.endPosition(tokenizer.encode("a b c a b"))).isEqualTo(5);
    }
  }

  @Test
  void endPosition_ofTextThatPadsWithTheEnd_isTheFirst() {
    try (ClipTokenizer tokenizer = ClipTokenizer.of(TOKENIZER, config(2, 1, 11))) {
      assertThat(tokenizer.encode("ab")).containsExactly(9, 6, 10, 10, 10, 10);
      assertThat(tokenizer.endPosition(tokenizer.encode("ab"))).isEqualTo(2);
      assertThatThrownBy(() -> tokenizer.endPosition(new int[] {9, 6}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid ids: no end token 10 among 2");
    }
  }

  @Test
  void encode_ofLegacyEndToken_endsAsTheTokenizerDoesWhateverTheLargestIdIs() {
    // A padded vocabulary, or one with tokens added above the end token.
    try (ClipTokenizer tokenizer = ClipTokenizer.of(TOKENIZER, config(2, 1, 64))) {
      assertThat(tokenizer.encode("ab")).containsExactly(9, 6, 10, 10, 10, 10);
      assertThat(tokenizer.endPosition(tokenizer.encode("ab"))).isEqualTo(2);
    }
  }

  @Test
  void encode_ofEndTokenThatReallyIsTwo_readsThere() {
    byte[] tokenizerJson =
        new String(TOKENIZER, UTF_8)
            .replace("\"<end>\": 10", "\"<end>\": 2")
            .replace("\"<end>\", 10", "\"<end>\", 2")
            .replace("\"id\": 10", "\"id\": 2")
            .replace("\"c\": 2", "\"c\": 10")
            .getBytes(UTF_8);
    try (ClipTokenizer tokenizer = ClipTokenizer.of(tokenizerJson, config(2, 1, 11))) {
      assertThat(tokenizer.encode("ab c")).containsExactly(9, 6, 5, 2, 2, 2);
      assertThat(tokenizer.endPosition(tokenizer.encode("ab c"))).isEqualTo(3);
    }
  }

  @Test
  void encode_onManyThreads_givesTheSameIds() {
    try (ClipTokenizer tokenizer = ClipTokenizer.of(TOKENIZER, config(10, 7, 11))) {
      List<int[]> ids =
          IntStream.range(0, 400).parallel().mapToObj(i -> tokenizer.encode("ab c")).toList();

      assertThat(ids).allSatisfy(each -> assertThat(each).containsExactly(9, 6, 5, 10, 7, 7));
    }
  }

  @Test
  void of_tokenizerOfAnotherModel_refuses() {
    assertThatThrownBy(() -> ClipTokenizer.of(TOKENIZER, config(8, 8, 11)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid tokenizer.json: it encodes an empty text as [9, 10] (a start token, then the"
                + " end token 8 of config.json)");
    assertThatThrownBy(() -> ClipTokenizer.of(TOKENIZER, config(9, 9, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot encode '': tokenizer.json gives token 10 (config.json has a vocab_size of 10)");
  }

  @Test
  void of_bytesThatAreNoTokenizer_refuses() {
    assertThatThrownBy(() -> ClipTokenizer.of("{}".getBytes(UTF_8), config(10, 7, 11)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read tokenizer.json: the tokenizers library refuses it");
  }
}
