package dev.braid.vlm.clip.checkpoint;

import dev.braid.model.Check;
import dev.braid.model.TensorSpec;
import java.util.stream.Stream;

/** The shape of the vision tower: square images of three channels, cut into square patches. */
public record VisionConfig(EncoderConfig encoder, int imageSize, int patchSize) {
  /** Red, green, blue. */
  public static final int CHANNELS = 3;

  private static final int LARGEST = 4096;

  public VisionConfig {
    Check.argument(
        imageSize > 0 && imageSize <= LARGEST,
        "Invalid image_size: %s (1 to %s)",
        imageSize,
        LARGEST);
    Check.argument(
        imageSize % patchSize == 0,
        "Invalid patch_size: %s (must divide the image_size %s)",
        patchSize,
        imageSize);
  }

  /** The number of patches of an image. */
  public int patches() {
    int side = imageSize / patchSize;
    return side * side;
  }

  Stream<TensorSpec> tensors() {
    String embeddings = "vision_model.embeddings";
    int width = encoder.width();
    return Stream.of(
            Stream.of(
                TensorSpec.of(embeddings + ".class_embedding", width),
                TensorSpec.of(
                    embeddings + ".patch_embedding.weight", width, CHANNELS, patchSize, patchSize),
                TensorSpec.of(embeddings + ".position_embedding.weight", patches() + 1, width)),
            // Every published checkpoint spells it this way.
            EncoderConfig.norm("vision_model.pre_layrnorm", width).stream(),
            encoder.tensors("vision_model"),
            EncoderConfig.norm("vision_model.post_layernorm", width).stream())
        .flatMap(tensors -> tensors);
  }
}
