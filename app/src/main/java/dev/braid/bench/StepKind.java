package dev.braid.bench;

/** A kind of training step that is compared with the full one in float32. */
public enum StepKind {
  /** Trains only adapters. */
  LORA(Measured.LORA, "adapters of rank %d on the MLPs".formatted(Work.RANK)),
  /** Trains everything, with the large matrix products in bfloat16. */
  BFLOAT16(Measured.BFLOAT16, "bfloat16");

  private final Measured measured;
  private final String title;

  StepKind(Measured measured, String title) {
    this.measured = measured;
    this.title = title;
  }

  Measured measured() {
    return measured;
  }

  /** How the step differs from the full one, in words. */
  String title() {
    return title;
  }
}
