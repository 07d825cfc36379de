package dev.braid.vlm.clip.checkpoint;

/** The non-linearity between the two linears of an encoder's block. */
public enum Activation {
  /** x · sigmoid(1.702 x), as in OpenAI's models. */
  QUICK_GELU("quick_gelu"),
  /** The exact x · Φ(x), as in most models of others. */
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
