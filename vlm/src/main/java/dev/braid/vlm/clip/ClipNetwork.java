package dev.braid.vlm.clip;

import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;

/**
 * CLIP as a stateless function of its parameters, which bear the names of the checkpoint.
 *
 * <p>Results live in the given scope. Training and evaluation run the same code.
 */
public final class ClipNetwork {
  /*
   * The scores of short sequences fit the cache, and the fused operation is a little slower there
   * (65 tokens: 8 % of a training step). The scores of a ViT-B/16's 197 tokens are 4 % of its
   * memory.
   */
  private static final int FUSED_FROM = 128;

  private final ImageTower images;
  private final TextTower texts;

  /** The network of this shape; each tower uses the attention that suits its longest sequence. */
  public ClipNetwork(ClipConfig config) {
    this(
        config, attention(config.vision().patches() + 1), attention(config.text().contextLength()));
  }

  ClipNetwork(ClipConfig config, Attention.Kernel images, Attention.Kernel texts) {
    this.images = new ImageTower(config.vision(), images);
    this.texts = new TextTower(config.text(), texts);
  }

  private static Attention.Kernel attention(int tokens) {
    return tokens < FUSED_FROM ? new PlainAttention() : new FusedAttention();
  }

  /** The unit vectors [n, projection] of pixels [n, 3, size, size]. */
  public Tensor encodeImages(Scope scope, Parameters parameters, Tensor pixels) {
    return images.encode(scope, parameters.in(scope), pixels);
  }

  /** The unit vectors [n, projection] of texts. */
  public Tensor encodeTexts(Scope scope, Parameters parameters, TokenBatch texts) {
    return this.texts.encode(scope, parameters.in(scope), texts);
  }
}
