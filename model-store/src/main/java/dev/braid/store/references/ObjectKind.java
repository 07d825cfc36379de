package dev.braid.store.references;

/** The kind of an object, known from the file that names it and not from its bytes. */
public enum ObjectKind {
  BASE("json", "the base's record"),
  BASE_FILE("bin", "a file of the base"),
  BLOB("json", "a vector's record"),
  SHARD("parquet", "a shard of a vector"),
  MODEL("json", "a model's record"),
  TASK("json", "a task's record"),
  PROTOTYPES("json", "a task's prototypes"),
  STATISTICS("f64", "a task's statistics"),
  DATASET("json", "a data set's record"),
  PICTURES("parquet", "pictures of a data set"),
  FEATURES("json", "the record of features"),
  VECTORS("f32", "features"),
  /**
   * A score, a merge's health, alignments, what the gate saw, or who published a version: names
   * nothing.
   */
  FIGURES("json", "figures");

  private final String extension;
  private final String words;

  ObjectKind(String extension, String words) {
    this.extension = extension;
    this.words = words;
  }

  String extension() {
    return extension;
  }

  /** The kind in words. */
  public String words() {
    return words;
  }
}
