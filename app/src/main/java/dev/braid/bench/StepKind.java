package dev.braid.bench;

/** A kind of step that is compared with the full one in float32. */
public enum StepKind {
  /** Only adapters learn. */
  LORA(Measured.LORA, "adapters of rank %d on the MLPs".formatted(Work.RANK)),
  /** Everything learns, the large matrix products are computed in bfloat16. */
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

  /** What the step has that the full one has not, in words. */
  String title() {
    return title;
  }
}
