package dev.braid.vlm;

import dev.braid.vlm.image.UndecodableImageException;
import java.util.List;

/**
 * A loaded model: images and texts in, unit vectors out.
 *
 * <p>Safe for use by many threads at once. The last bits of a vector may depend on the other
 * members of its batch, because matrix products are blocked by batch size: callers that need equal
 * bits must encode equal batches.
 */
public interface Encoder extends AutoCloseable {
  /** One unit vector for each encoded image. */
  float[][] encodeImages(List<byte[]> encoded) throws UndecodableImageException;

  /** One unit vector for each text. */
  float[][] encodeTexts(List<String> texts);

  /** For each class, the normalised mean of its prompts' unit vectors (METHODS 2.7). */
  float[][] classWeights(List<String> classNames, List<String> templates);

  @Override
  void close();
}
