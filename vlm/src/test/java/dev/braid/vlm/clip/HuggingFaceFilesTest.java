package dev.braid.vlm.clip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HuggingFaceFilesTest {
  private final SortedMap<String, byte[]> base = new TreeMap<>(MicroClip.files());

  private static JsonNode json(Map<String, byte[]> files, String name) throws IOException {
    return new ObjectMapper().readTree(files.get(name));
  }

  @Test
  void complete_ofABareBase_addsWhatTheLoadersRead() throws IOException {
    Map<String, byte[]> files = HuggingFaceFiles.complete(base);

    assertThat(files).containsAllEntriesOf(base);
    JsonNode tokenizer = json(files, "tokenizer_config.json");
    assertThat(tokenizer.at("/model_max_length").intValue()).isEqualTo(7);
    assertThat(tokenizer.at("/bos_token").textValue()).isEqualTo("<start>");
    assertThat(tokenizer.at("/eos_token").textValue()).isEqualTo("<end>");
    assertThat(tokenizer.at("/pad_token").textValue()).isEqualTo("<end>");
    // Its words are not CLIP's, so CLIP's class would split texts differently.
    assertThat(tokenizer.at("/tokenizer_class").textValue()).isEqualTo("PreTrainedTokenizerFast");
    JsonNode processor = json(files, "processor_config.json");
    assertThat(processor.at("/image_processor/crop_size/height").intValue()).isEqualTo(8);
    assertThat(processor.at("/image_processor/image_processor_type").textValue())
        .isEqualTo("CLIPImageProcessor");
    assertThat(json(files, "vocab.json").at("/a<~1w>").intValue()).isZero();
    assertThat(json(files, "vocab.json").at("/<end>").intValue()).isEqualTo(19);
    assertThat(files.get("merges.txt")).asString(UTF_8).isEqualTo("#version: 0.2\n");
  }

  @Test
  void complete_ofATokenizerConfigWithoutALimit_addsTheContext() throws IOException {
    base.put(
        "tokenizer_config.json",
        """
        {"model_max_length": 1000000000000000019884624838656, "pad_token": "!", "own": 1}
        """
            .getBytes(UTF_8));

    JsonNode config = json(HuggingFaceFiles.complete(base), "tokenizer_config.json");

    assertThat(config.at("/model_max_length").intValue()).isEqualTo(7);
    assertThat(config.at("/pad_token").textValue()).isEqualTo("!");
    assertThat(config.at("/own").intValue()).isEqualTo(1);
  }

  @Test
  void complete_ofFilesThatAreThere_leavesTheirBytes() {
    base.putAll(HuggingFaceFiles.complete(base));
    base.put("vocab.json", "{ }".getBytes(UTF_8));
    base.put("merges.txt", "".getBytes(UTF_8));
    base.put("LICENSE", "MIT".getBytes(UTF_8));

    assertThat(HuggingFaceFiles.complete(base)).containsExactlyInAnyOrderEntriesOf(base);
  }
}
