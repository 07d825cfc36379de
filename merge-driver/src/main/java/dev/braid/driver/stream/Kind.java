package dev.braid.driver.stream;

/** What a training trains. */
public enum Kind {
  /** Every tensor but the factor of the logits. */
  FULL,
  /** Low-rank adapters. */
  ADAPTERS
}
