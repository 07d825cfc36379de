package dev.braid.inference.statistics;

/** How a task answers over its own classes. */
public enum AnswerRule {
  /** By its expert alone, the published read-out. */
  EXPERT,
  /** By its expert and the statistics of its classes together. */
  FUSED;

  /** Whether a calibration belongs to this rule. */
  boolean admits(Calibration calibration) {
    return this == FUSED || (calibration.alpha() == 1 && calibration.beta() == 0);
  }
}
