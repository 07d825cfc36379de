package dev.braid.jobs.source.table;

import java.util.Optional;

/**
 * The columns that a task names, and the rows that it takes.
 *
 * @param image the picture: its bytes, a struct with a field {@code bytes} as Hugging Face writes
 *     it, or the path of its file; if empty, the first of the source's usual names that it has
 * @param label the class: its name, or a number from 0; if empty, {@code label}
 * @param split the split's name; if empty, {@code split} where the source has that column
 * @param filter a condition in Spark SQL; if empty, all rows are taken
 */
public record TableColumns(
    Optional<String> image,
    Optional<String> label,
    Optional<String> split,
    Optional<String> filter) {
  /** The usual names and all rows. */
  public static final TableColumns USUAL =
      new TableColumns(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
