package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.vlm.checkpoint.MapWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A base of a few hundred parameters, whose every value is determined by its position. */
public final class TinyBase {
  static final byte[] CONFIG =
      """
      {"projection_dim": 2,
       "text_config": {"hidden_size": 2, "intermediate_size": 3, "num_hidden_layers": 1,
         "num_attention_heads": 1, "max_position_embeddings": 4, "vocab_size": 5,
         "eos_token_id": 4, "pad_token_id": 4},
       "vision_config": {"hidden_size": 2, "intermediate_size": 3, "num_hidden_layers": 1,
         "num_attention_heads": 1, "image_size": 4, "patch_size": 2}}
      """
          .getBytes(UTF_8);
  public static final Map<String, byte[]> FILES =
      Map.of(
          "config.json", CONFIG,
          "tokenizer.json", "{\"t\":1}".getBytes(UTF_8),
          "preprocessor_config.json", "{}".getBytes(UTF_8));
  static final List<TensorSpec> TENSORS = ClipConfig.parse(CONFIG).tensors();

  private TinyBase() {}

  /** All tensors, which the caller may change before writing them. */
  public static List<NamedTensor> tensors() {
    return new ArrayList<>(MapWeights.counting(TENSORS).all());
  }

  static int indexOf(String name) {
    return TENSORS.stream().map(TensorSpec::name).toList().indexOf(name);
  }

  /** Writes all files but the weights. */
  public static void writeFiles(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }

  /** All values of a base, in order. */
  public static List<NamedTensor> read(Path directory) throws IOException {
    List<NamedTensor> read = new ArrayList<>();
    ClipCheckpoint.open(directory).weights().forEach(read::add);
    return read;
  }
}
