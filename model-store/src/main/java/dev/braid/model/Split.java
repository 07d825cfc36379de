package dev.braid.model;

/** A part of a data set; rows are numbered through the parts in this order. */
public enum Split {
  /** What experts learn from. */
  TRAIN("train"),
  /** What choices are made on; cut from train by ingest. */
  VALIDATION("validation"),
  /** What is reported; never seen in training, nor in any choice. */
  TEST("test");

  private final String label;

  Split(String label) {
    this.label = label;
  }

  /** The name in stored bytes. */
  public String label() {
    return label;
  }
}
