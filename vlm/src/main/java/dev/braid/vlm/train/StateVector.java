package dev.braid.vlm.train;

/** The three vectors that a training is resumed from. */
public enum StateVector {
  WEIGHTS,
  FIRST_MOMENTS,
  SECOND_MOMENTS
}
