package dev.braid.vlm.clip.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.braid.vlm.checkpoint.BaseDirectory;
import dev.braid.vlm.checkpoint.ConfigReader;
import dev.braid.vlm.image.Preprocessor;
import java.io.IOException;
import java.util.Optional;

/**
 * Where a Hugging Face directory describes the preprocessing of images.
 *
 * <p>Up to release 4, transformers wrote a preprocessor_config.json. Release 5 writes its content
 * as {@code image_processor} into processor_config.json, and reads that first.
 */
final class ImageProcessorFile {
  static final String PROCESSOR = "processor_config.json";
  private static final String SECTION = "image_processor";
  private static final String NAME = "%s of %s".formatted(SECTION, PROCESSOR);
  private static final int LONGEST = 1 << 20;

  private ImageProcessorFile() {}

  /** The content of a preprocessor_config.json; empty if the directory has it in neither file. */
  static Optional<byte[]> read(BaseDirectory directory) throws IOException {
    Optional<byte[]> nested = nested(directory);
    if (!directory.has(ClipCheckpoint.PREPROCESSOR)) {
      return nested;
    }
    byte[] own = directory.read(ClipCheckpoint.PREPROCESSOR, LONGEST);
    if (nested.isPresent()) {
      directory.check(
          Preprocessor.parse(own).isSameAs(Preprocessor.parse(nested.get(), NAME)),
          "its %s and the %s differ; remove the one that is wrong",
          ClipCheckpoint.PREPROCESSOR,
          NAME);
    }
    return Optional.of(own);
  }

  private static Optional<byte[]> nested(BaseDirectory directory) throws IOException {
    if (!directory.has(PROCESSOR)) {
      return Optional.empty();
    }
    ObjectNode section =
        ConfigReader.parse(PROCESSOR, directory.read(PROCESSOR, LONGEST)).section(SECTION).fields();
    if (section.isEmpty()) {
      return Optional.empty();
    }
    byte[] json = section.toPrettyString().getBytes(UTF_8);
    var unused = Preprocessor.parse(json, NAME);
    return Optional.of(json);
  }
}
