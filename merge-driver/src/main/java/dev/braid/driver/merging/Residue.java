package dev.braid.driver.merging;

/** What is done about a trace of a task that cannot be undone. */
public enum Residue {
  /** The task stays. */
  REFUSED,
  /** The trace stays behind. */
  ACCEPTED
}
