package dev.braid.demo.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A CLIP directory of ViT-B/16's size with random weights and the demo's small vocabulary. */
public final class VitB16Base {
  private static final byte[] CONFIG =
      """
      {"projection_dim": 512,
       "text_config": {"hidden_size": 512, "intermediate_size": 2048, "num_hidden_layers": 12,
         "num_attention_heads": 8, "max_position_embeddings": 77, "vocab_size": 49408,
         "eos_token_id": 804, "pad_token_id": 804},
       "vision_config": {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12,
         "num_attention_heads": 12, "image_size": 224, "patch_size": 16}}
      """
          .getBytes(UTF_8);
  private static final byte[] PREPROCESSOR =
      "{\"size\": {\"shortest_edge\": 224}, \"crop_size\": {\"height\": 224, \"width\": 224}}"
          .getBytes(UTF_8);

  private VitB16Base() {}

  /** Writes the base into a folder. */
  public static void writeTo(Path folder) throws IOException {
    DemoBase.copyTo(folder);
    Map<String, byte[]> files = new HashMap<>();
    files.put(ClipCheckpoint.CONFIG, CONFIG);
    files.put(ClipCheckpoint.PREPROCESSOR, PREPROCESSOR);
    files.put(
        ClipCheckpoint.TOKENIZER, Files.readAllBytes(folder.resolve(ClipCheckpoint.TOKENIZER)));
    ClipCheckpoint.write(folder, new FirstWeights(ClipConfig.parse(CONFIG), 1), files);
  }
}
