package dev.braid.model;

/** A part of a data set; rows are numbered through the parts in this order. */
public enum Split {
  /** For training experts. */
  TRAIN("train"),
  /** For making choices; cut from train by ingest. */
  VALIDATION("validation"),
  /** For reports; used neither in training nor in any choice. */
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
