package dev.braid.vlm.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.braid.vlm.checkpoint.SafetensorsFile;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class ClipGoldenTest {
  @Test
  void encodeImages_agreesWithTheReference() throws IOException {
    SafetensorsFile golden = SafetensorsFile.open(Golden.file("embeddings.safetensors"));
    List<byte[]> pictures = new ArrayList<>();
    for (String name : list(golden, "images")) {
      pictures.add(Golden.picture(name));
    }
    try (Clip clip = open()) {
      assertClose(clip.encodeImages(pictures), golden.read("image_embeds").values());
    }
  }

  @Test
  void encodeTexts_agreesWithTheReference() throws IOException {
    SafetensorsFile golden = SafetensorsFile.open(Golden.file("embeddings.safetensors"));
    try (Clip clip = open()) {
      float[][] vectors = clip.encodeTexts(list(golden, "prompts"));
      assertClose(vectors, golden.read("text_embeds").values());
    }
  }

  private static Clip open() throws IOException {
    ClipCheckpoint base = ClipCheckpoint.open(Golden.base());
    return Clip.load(ClipDefinition.of(base.files()), base.weights());
  }

  private static List<String> list(SafetensorsFile file, String key) throws IOException {
    return new ObjectMapper().readValue(file.metadata().get(key), new TypeReference<>() {});
  }

  private static void assertClose(float[][] actual, float[] expected) {
    int width = actual[0].length;
    assertThat(actual.length * width).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i / width][i % width]).isCloseTo(expected[i], within(1e-5f));
    }
  }
}
