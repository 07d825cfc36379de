package dev.braid.demo.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.vlm.clip.ClipDefinition;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An untrained CLIP directory with fewer than 50,000 parameters, for pictures of 16 x 16. */
public final class SmallestBase {
  private static final int WIDTH = 16;
  private static final int SIDE = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SmallestBase() {}

  /** Writes the base into a folder. */
  public static void writeTo(Path folder) throws IOException {
    Vocabulary vocabulary = Vocabulary.learn(List.of("a picture of a kind"), 10);
    Map<String, byte[]> files = new HashMap<>(DemoModelFiles.of(vocabulary));
    files.computeIfPresent(ClipCheckpoint.CONFIG, (name, file) -> config(file));
    files.computeIfPresent(ClipCheckpoint.PREPROCESSOR, (name, file) -> preprocessor(file));
    FirstWeights weights = new FirstWeights(ClipDefinition.of(files).config(), 1);
    ClipCheckpoint.write(folder, weights, files);
  }

  private static byte[] config(byte[] demo) {
    ObjectNode config = read(demo);
    config.put("projection_dim", WIDTH);
    for (String tower : List.of("text_config", "vision_config")) {
      ((ObjectNode) config.get(tower))
          .put("hidden_size", WIDTH)
          .put("intermediate_size", 2 * WIDTH)
          .put("num_hidden_layers", 1)
          .put("num_attention_heads", 2)
          .put("projection_dim", WIDTH);
    }
    ((ObjectNode) config.get("vision_config")).put("image_size", SIDE);
    return config.toString().getBytes(UTF_8);
  }

  private static byte[] preprocessor(byte[] demo) {
    ObjectNode preprocessor = read(demo);
    preprocessor.putObject("size").put("shortest_edge", SIDE);
    preprocessor.putObject("crop_size").put("height", SIDE).put("width", SIDE);
    return preprocessor.toString().getBytes(UTF_8);
  }

  private static ObjectNode read(byte[] json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
