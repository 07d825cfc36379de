package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.braid.vlm.checkpoint.Mutations;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random configurations: each is accepted or refused in one sentence. */
class ConfigFuzzTest {
  private static final int TRIALS = 10_000;
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final String[] NUMBERS = {
    "0", "1", "2", "3", "7", "-1", "0.5", "1e-400", "1e400", "2147483647", "2147483648", "null"
  };
  private static final String OPEN_CLIP =
      """
      {"model_cfg": {"embed_dim": 5, "quick_gelu": false,
         "vision_cfg": {"image_size": [8, 8], "layers": 2, "width": 8, "head_width": 4,
           "mlp_ratio": 1.5, "patch_size": 4, "norm_kwargs": {"eps": 1e-6}},
         "text_cfg": {"context_length": 7, "vocab_size": 20, "width": 6, "heads": 3, "layers": 1}},
       "preprocess_cfg": {"mean": [0.5, 0.25, 0.125], "std": [0.5, 0.5, 1], "size": 8}}
      """;

  @Test
  @Timeout(120)
  void parse_ofMutatedConfig_takesOrRefusesInOneSentence() {
    check(new String(TinyBase.CONFIG, UTF_8), json -> ClipConfig.parse(json).tensors());
  }

  @Test
  @Timeout(120)
  void parse_ofMutatedOpenClipConfig_takesOrRefusesInOneSentence() {
    check(OPEN_CLIP, json -> ClipConfig.parse(OpenClipConfigParser.parse(json).configJson()));
  }

  @Test
  @Timeout(120)
  void check_ofMutatedTokenizer_takesOrRefusesInOneSentence() {
    check(
        "{\"added_tokens\": [{\"id\": 9}], \"model\": {\"vocab\": {\"a\": 0, \"b\": 1}}}",
        json -> TokenizerIds.check(json, 10));
  }

  private interface Parser {
    void parse(byte[] json);
  }

  private static void check(String whole, Parser parser) {
    Random random = new Random(30);
    int taken = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] json =
          trial % 2 == 0
              ? Mutations.of(whole.getBytes(UTF_8), random)
              : otherNumbers(whole, random).getBytes(UTF_8);
      ThrowingCallable parse = () -> parser.parse(json);

      Throwable answer = catchThrowable(parse);

      if (answer == null) {
        taken++;
      } else {
        assertThat(answer)
            .as("%s", new String(json, UTF_8))
            .isExactlyInstanceOf(IllegalArgumentException.class)
            .hasMessageMatching("(?s)(Cannot read|Invalid) .*");
      }
    }
    assertThat(taken).isBetween(TRIALS / 100, TRIALS * 9 / 10);
  }

  /** The text with one or two of its numbers replaced by numbers at some edge. */
  private static String otherNumbers(String json, Random random) {
    String mutated = json;
    for (int i = random.nextInt(2); i >= 0; i--) {
      Matcher number = NUMBER.matcher(mutated);
      int skipped = random.nextInt(20);
      int from = 0;
      while (number.find(from) && skipped-- > 0) {
        from = number.end();
      }
      if (number.find(from)) {
        String other = NUMBERS[random.nextInt(NUMBERS.length)];
        mutated = mutated.substring(0, number.start()) + other + mutated.substring(number.end());
      }
    }
    return mutated;
  }
}
