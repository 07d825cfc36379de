package dev.braid.model;

/** Whether the pictures of a data set are turned as their EXIF data say. */
public enum Orientation {
  /** Pixels lie as they are stored. */
  AS_STORED("ignore"),
  /** Pixels are turned upright. */
  UPRIGHT("apply");

  private final String label;

  Orientation(String label) {
    this.label = label;
  }

  /** Its name in settings and files. */
  public String label() {
    return label;
  }

  /** The orientation of this name. */
  public static Orientation of(String label) {
    for (Orientation orientation : values()) {
      if (orientation.label.equals(label)) {
        return orientation;
      }
    }
    throw new IllegalArgumentException("Invalid exif: %s (apply or ignore)".formatted(label));
  }
}
