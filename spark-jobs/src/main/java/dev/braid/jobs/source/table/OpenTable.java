package dev.braid.jobs.source.table;

import java.util.List;
import java.util.Optional;

/**
 * A table before its columns are known.
 *
 * @param name in messages
 * @param parts at least one
 * @param usualImages the usual names of the column with the pictures, best first
 * @param declared the class names that the table itself declares for a column of labels
 */
record OpenTable(
    String name, List<TablePart> parts, List<String> usualImages, DeclaredNames declared) {
  OpenTable {
    parts = List.copyOf(parts);
  }

  /** Class names that a table declares. */
  @FunctionalInterface
  interface DeclaredNames {
    /** A table that declares none. */
    DeclaredNames NONE = column -> Optional.empty();

    /** The names by label. */
    Optional<List<String>> of(String labelColumn);
  }
}
