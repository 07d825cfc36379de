package dev.braid.vlm;

import dev.braid.vlm.checkpoint.ClipConfig;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/**
 * CLIP as a function of its parameters: no state, no names but those of the checkpoint.
 *
 * <p>What is computed lives in the given scope. Training and evaluation run the same code.
 */
public final class ClipNetwork {
  private final ImageTower images;
  private final TextTower texts;

  public ClipNetwork(ClipConfig config) {
    this.images = new ImageTower(config.vision());
    this.texts = new TextTower(config.text());
  }

  /** Unit vectors [n, projection] of pixels [n, 3, size, size], given in the scope. */
  public Tensor encodeImages(Scope scope, Parameters parameters, Tensor pixels) {
    return images.encode(scope, parameters.in(scope), pixels);
  }

  /** Unit vectors [n, projection] of texts. */
  public Tensor encodeTexts(Scope scope, Parameters parameters, TokenBatch texts) {
    return this.texts.encode(scope, parameters.in(scope), texts);
  }
}
