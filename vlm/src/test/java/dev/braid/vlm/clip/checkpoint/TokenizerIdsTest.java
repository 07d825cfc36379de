package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.vlm.checkpoint.MapWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerIdsTest {
  private static void check(String json) {
    TokenizerIds.check(json.replace('\'', '"').getBytes(UTF_8), 100);
  }

  @Test
  void check_ofIdsBelowTheVocabularySize_passes() {
    check(
        "{'added_tokens': [{'id': 99, 'content': '<end>'}], 'limit': 4096,"
            + " 'model': {'vocab': {'a': 0, 'b': 98}, 'merges': [], 'size': 500}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'model': {'vocab': {'a': 0, 'b': 100}}} | /model/vocab/b has the id 100",
        "{'model': {'vocab': {'a': -1}}} | /model/vocab/a has the id -1",
        "{'model': {'vocab': {'a': 98765432109876543210}}} |"
            + " /model/vocab/a has the id 98765432109876543210",
        "{'added_tokens': [{'id': 1}, {'id': 4294967297}]} |"
            + " /added_tokens/1/id has the id 4294967297",
      })
  void check_ofIdWithoutARow_namesTokenAndBothNumbers(String json, String why) {
    assertThatThrownBy(() -> check(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid tokenizer.json: %s (config.json has a vocab_size of 100)", why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a':", "<html>", "[1 2]"})
  void check_ofOtherThanJson_refuses(String text) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read tokenizer.json: it is not JSON");
  }

  @Test
  void open_ofTokenizerBeyondTheEmbedding_refuses(@TempDir Path base) throws IOException {
    ClipCheckpoint.write(base, new MapWeights(TinyBase.tensors()), TinyBase.FILES);
    Files.writeString(base.resolve("tokenizer.json"), "{\"model\":{\"vocab\":{\"x\":5}}}");

    assertThatThrownBy(() -> ClipCheckpoint.open(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid tokenizer.json: /model/vocab/x has the id 5 (config.json has a vocab_size of"
                + " 5)");
  }
}
