package dev.braid.vlm.clip;

import dev.braid.model.Check;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.image.Preprocessor;
import java.util.Map;
import java.util.Objects;

/** What a CLIP is beside its weights: its shape, how it sees pictures, how it reads texts. */
public final class ClipDefinition {
  private static final String CONFIG = ClipCheckpoint.CONFIG;
  private static final String PREPROCESSOR = ClipCheckpoint.PREPROCESSOR;
  private static final String TOKENIZER = ClipCheckpoint.TOKENIZER;

  private final ClipConfig config;
  private final Preprocessor preprocessor;
  private final byte[] tokenizerJson;

  private ClipDefinition(ClipConfig config, Preprocessor preprocessor, byte[] tokenizerJson) {
    Check.argument(
        preprocessor.imageSize() == config.vision().imageSize(),
        "Invalid %s: it makes pictures of %s pixels (image_size in %s is %s)",
        PREPROCESSOR,
        preprocessor.imageSize(),
        CONFIG,
        config.vision().imageSize());
    this.config = config;
    this.preprocessor = preprocessor;
    this.tokenizerJson = tokenizerJson;
  }

  /** The definition in the files of a Hugging Face CLIP directory, by their names. */
  public static ClipDefinition of(Map<String, byte[]> files) {
    return new ClipDefinition(
        ClipConfig.parse(file(files, CONFIG)),
        Preprocessor.parse(file(files, PREPROCESSOR)),
        file(files, TOKENIZER).clone());
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), () -> name + " is missing");
  }

  public ClipConfig config() {
    return config;
  }

  public Preprocessor preprocessor() {
    return preprocessor;
  }

  /** A new tokenizer, which the caller closes. */
  public ClipTokenizer openTokenizer() {
    return ClipTokenizer.of(tokenizerJson, config);
  }
}
