package dev.braid.bench.stream;

/** What a training trains. */
public enum TrainKind {
  /** Every tensor but the factor of the logits. */
  FULL,
  /** Low-rank adapters. */
  ADAPTERS
}
