package dev.braid.driver.merging;

/** Whether a change by a removed task that cannot be undone may remain in the model. */
public enum Residue {
  /** The task is not removed. */
  REFUSED,
  /** The residue remains. */
  ACCEPTED
}
