package dev.braid.jobs.source;

/** The split that a source itself assigns to a picture. */
public enum SourceSplit {
  TRAIN,
  VALIDATION,
  TEST,
  /** The source does not split its pictures. */
  NONE
}
