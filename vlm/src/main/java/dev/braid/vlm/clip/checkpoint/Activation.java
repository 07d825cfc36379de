package dev.braid.vlm.clip.checkpoint;

/** The activation function between the two linear layers of an encoder's MLP. */
public enum Activation {
  /** x · sigmoid(1.702 x), as in OpenAI's models. */
  QUICK_GELU("quick_gelu"),
  /** The exact x · Φ(x), as in most other models. */
  GELU("gelu");

  private final String label;

  Activation(String label) {
    this.label = label;
  }

  /** The name in config.json. */
  public String label() {
    return label;
  }
}
