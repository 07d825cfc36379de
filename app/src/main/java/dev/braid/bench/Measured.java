package dev.braid.bench;

import java.util.Locale;

/** What is measured. */
enum Measured {
  /** A step of the optimiser on a batch. */
  TRAIN,
  /** The same step of adapters of rank 64 on the MLPs of both towers. */
  LORA,
  /** The full step with its large matrix products in bfloat16. */
  BFLOAT16,
  /** The vectors of a batch's pictures. */
  ENCODE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
