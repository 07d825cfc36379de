package dev.braid.bench;

import java.util.Locale;

/** The kinds of measured work. */
enum Measured {
  /** An optimizer step on a batch. */
  TRAIN,
  /** The same step for adapters of rank 64 on the MLPs of both towers. */
  LORA,
  /** The full step with its large matrix products in bfloat16. */
  BFLOAT16,
  /** The encoding of a batch of pictures. */
  ENCODE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
