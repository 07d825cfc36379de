package dev.braid.vlm.clip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class ClipTokenizerGoldenTest {
  private static final int CONTEXT = 32;

  @Test
  void encode_onReferenceTexts_givesTheIdsOfPython() throws IOException {
    JsonNode goldens = new ObjectMapper().readTree(Golden.file("tokens.json").toFile());
    assertThat(goldens).hasSizeGreaterThan(20);
    try (ClipTokenizer tokenizer =
        ClipTokenizer.of(
            Files.readAllBytes(Golden.base().resolve("tokenizer.json")),
            ClipConfig.parse(Files.readAllBytes(Golden.base().resolve("config.json"))))) {
      for (JsonNode golden : goldens) {
        String text = golden.get("text").asText();
        int[] expected = ids(golden.get("ids"));
        assertThat(tokenizer.tokens(text)).as(text).isEqualTo(expected);
        assertThat(tokenizer.encode(text)).as(text).isEqualTo(fitted(expected));
      }
    }
  }

  private static int[] ids(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
        .mapToInt(i -> array.get(i).asInt())
        .toArray();
  }

  /** In this base the end token pads, so whatever is cut or added, the rest is end tokens. */
  private static int[] fitted(int[] ids) {
    int[] fitted = new int[CONTEXT];
    Arrays.fill(fitted, 49407);
    System.arraycopy(ids, 0, fitted, 0, Math.min(ids.length, CONTEXT - 1));
    return fitted;
  }
}
