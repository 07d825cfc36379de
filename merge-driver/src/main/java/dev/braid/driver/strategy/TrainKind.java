package dev.braid.driver.strategy;

import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;

/** Which parameters a training trains. */
public enum TrainKind {
  /** Every tensor except the scale of the logits. */
  FULL,
  /** Low-rank adapters. */
  ADAPTERS;

  static TrainKind of(ParameterSpace space) {
    return space.kind() instanceof ParameterKind.Adapter ? ADAPTERS : FULL;
  }
}
