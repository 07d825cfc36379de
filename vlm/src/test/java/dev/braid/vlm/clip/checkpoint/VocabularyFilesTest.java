package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.vlm.checkpoint.MapWeights;
import dev.braid.vlm.checkpoint.SafetensorsWriter;
import dev.braid.vlm.clip.ClipTokenizer;
import dev.braid.vlm.clip.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyFilesTest {
  /** The last three make an e with an accent and the start of an emoji out of their bytes. */
  private static final List<String> MERGES =
      List.of("i n", "t h", "th e</w>", "' s</w>", "a in", ". .</w>", "Ã ©</w>", "ð Ł", "ðŁ ĺ");

  private static final PlainTokenizer PLAIN = new PlainTokenizer(MERGES);
  private static final int START = 512 + MERGES.size();
  private static final int END = START + 1;
  private static final int CONTEXT = 77;
  private static final ClipTokenizer MADE =
      ClipTokenizer.of(
          VocabularyFiles.tokenizerJson(vocabJson(), mergesTxt()),
          ClipConfig.parse(
              """
              {"text_config": {"vocab_size": %d, "eos_token_id": %d, "pad_token_id": %d}}
              """
                  .formatted(PLAIN.vocabulary().size(), END, END)
                  .getBytes(UTF_8)));

  @AfterContainer
  static void close() {
    MADE.close();
  }

  private static byte[] vocabJson() {
    try {
      return new ObjectMapper().writeValueAsBytes(PLAIN.vocabulary());
    } catch (JsonProcessingException e) {
      throw new AssertionError("a map of strings is JSON", e);
    }
  }

  private static byte[] mergesTxt() {
    return ("#version: 0.2\n" + String.join("\n", MERGES) + "\n").getBytes(UTF_8);
  }

  /** Joining letters, split words, marks, scripts, signs, emoji and all kinds of white space. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> words =
        Arbitraries.of(
            "the",
            "pain",
            "The's",
            "it'll",
            "''s",
            "...",
            "1234",
            "é",
            "e\u0301",
            "Ångström",
            "ΣΊΣΥΦΟΣ",
            "İstanbul",
            "ǅ",
            "한국",
            "ﬁ",
            "😀",
            "👩‍👩‍👧",
            "🇨🇭",
            "½",
            "٣",
            "क्षि",
            "\u2126",
            "<|",
            "\0",
            "\u00a0",
            "\u2003",
            "\u3000",
            "\u0085",
            "\u200b",
            "\ufeff");
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(VocabularyFilesTest::isText)
            .map(Character::toString);
    return Arbitraries.oneOf(words, any, Arbitraries.of(" ", "  ", "\n", "\t "))
        .list()
        .ofMaxSize(60)
        .map(parts -> String.join("", parts));
  }

  private static boolean isText(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.UNASSIGNED && type != Character.SURROGATE;
  }

  @Property
  void tokenizerJson_ofPair_encodesAnyTextAsThePlainCode(@ForAll("texts") String text) {
    List<Integer> tokens = PLAIN.tokens(text);
    int[] expected = new int[CONTEXT];
    Arrays.fill(expected, END);
    for (int i = 0; i < Math.min(tokens.size(), CONTEXT - 1); i++) {
      expected[i] = tokens.get(i);
    }

    assertThat(MADE.encode(text)).isEqualTo(expected);
  }

  /** The numbers that src/test/python/golden_tokens.py prints. */
  @Test
  void tokenizerJson_ofPair_givesTheIdsOfPython() throws IOException {
    JsonNode goldens;
    try (InputStream json = getClass().getResourceAsStream("golden-tokens.json")) {
      goldens = new ObjectMapper().readTree(Objects.requireNonNull(json, "golden-tokens.json"));
    }
    assertThat(goldens).hasSizeGreaterThan(40);
    for (JsonNode golden : goldens) {
      String text = golden.get("text").asText();
      int[] ids = new ObjectMapper().convertValue(golden.get("ids"), int[].class);
      assertThat(MADE.encode(text)).as(text).isEqualTo(ids);
    }
  }

  @Test
  void tokenizerJson_ofPair_knowsItsMergesAndSpecialTokens() {
    int the = 512 + MERGES.indexOf("th e</w>");
    int accented = 512 + MERGES.indexOf("Ã ©</w>");

    assertThat(MADE.encode(" THE \t e\u0301")).startsWith(START, the, accented, END);
    assertThat(MADE.encode("the<|endoftext|>the")).startsWith(START, the, END, the, END);
    assertThat(MADE.encode("the ".repeat(100))).hasSize(CONTEXT).endsWith(the, END);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[] ; v/a b ; Cannot read vocab.json: it is not a JSON object",
        "{ ; v/a b ; Cannot read vocab.json: it is not JSON",
        "{'a':0} ; v/a b ; Invalid merges.txt: line 2, 'a b', needs the token 'b', which vocab.json"
            + " lacks",
        "{'a':0,'b':1} ; v/a b ; Invalid merges.txt: line 2, 'a b', needs the token 'ab',"
            + " which vocab.json lacks",
        "{'a':0} ; v/a ; Invalid merges.txt: line 2 is 'a' (two tokens)",
        "{'a':0} ; v ; Invalid merges.txt: it has no merges after its first line",
        "{'a':0,'aa':1} ; v/a a ; Invalid vocab.json: it has no id for <|startoftext|>",
      })
  void tokenizerJson_ofFilesThatDoNotFit_refusesInOneSentence(
      String vocabJson, String mergesTxt, String sentence) {
    assertThatThrownBy(
            () ->
                VocabularyFiles.tokenizerJson(
                    vocabJson.replace('\'', '"').getBytes(UTF_8),
                    mergesTxt.replace('/', '\n').getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  @Test
  void open_ofBaseWithThePairAlone_makesItsTokenizer(@TempDir Path base) throws IOException {
    TinyBase.writeFiles(base);
    SafetensorsWriter.write(base.resolve("model.safetensors"), new MapWeights(TinyBase.tensors()));
    Files.delete(base.resolve("tokenizer.json"));
    Files.writeString(
        base.resolve("vocab.json"),
        "{\"a\":0,\"b\":1,\"ab\":2,\"<|startoftext|>\":3,\"<|endoftext|>\":4}");
    Files.writeString(base.resolve("merges.txt"), "#version: 0.2\na b\n");

    byte[] tokenizer = ClipCheckpoint.open(base).files().get("tokenizer.json");

    assertThat(tokenizer)
        .isEqualTo(
            VocabularyFiles.tokenizerJson(
                Files.readAllBytes(base.resolve("vocab.json")),
                Files.readAllBytes(base.resolve("merges.txt"))));
  }

  @Test
  @Tag("real")
  void tokenizerJson_ofRealPair_isTheRealTokenizer() throws IOException {
    byte[] made =
        VocabularyFiles.tokenizerJson(
            Files.readAllBytes(Golden.base().resolve("vocab.json")),
            Files.readAllBytes(Golden.base().resolve("merges.txt")));

    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(made))
        .isEqualTo(json.readTree(Golden.base().resolve("tokenizer.json").toFile()));
  }
}
