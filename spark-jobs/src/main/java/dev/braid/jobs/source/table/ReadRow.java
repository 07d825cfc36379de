package dev.braid.jobs.source.table;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.Configurations;
import dev.braid.jobs.source.ListedPicture;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceRow;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.source.UnreadablePictureException;
import java.io.Serializable;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.sql.Row;

/**
 * Reads the picture and the label of a table's row, on an executor.
 *
 * <p>The row's columns: the picture's bytes or path, the label as a string, the row's name, and the
 * split's name if the table has a column for it.
 *
 * @param folder relative paths are relative to it; blank if the table has none of its own
 * @param options Hadoop's settings for the file systems of the pictures
 */
record ReadRow(
    String table,
    SourceSplit split,
    boolean hasSplits,
    boolean arePaths,
    String folder,
    LabelValues labels,
    AllowedRoots allowed,
    SortedMap<String, String> options)
    implements Serializable {
  static final int PICTURE = 0;
  static final int LABEL = 1;
  static final int NAME = 2;
  static final int SPLIT = 3;

  private static final int NO_LABEL = -1;

  SourceRow of(Row row) {
    Optional<SourceSplit> rowSplit = hasSplits ? named(row) : Optional.of(split);
    Optional<Integer> label =
        row.isNullAt(LABEL) ? Optional.empty() : labels.label(row.getString(LABEL));
    ListedPicture listed =
        new ListedPicture(rowSplit.orElse(SourceSplit.NONE), label.orElse(NO_LABEL), name(row));
    if (label.isEmpty()) {
      return SourceRow.incomplete(listed, labelFault(row));
    }
    if (rowSplit.isEmpty()) {
      return SourceRow.incomplete(listed, splitFault(row));
    }
    return row.isNullAt(PICTURE)
        ? SourceRow.incomplete(listed, "it has no picture")
        : withPicture(listed, row);
  }

  private static Optional<SourceSplit> named(Row row) {
    return row.isNullAt(SPLIT) ? Optional.empty() : SplitNames.named(row.getString(SPLIT));
  }

  private static String name(Row row) {
    return row.isNullAt(NAME) ? "a row without a name" : row.getString(NAME);
  }

  private String labelFault(Row row) {
    return row.isNullAt(LABEL)
        ? "it has no label"
        : "its label '%s' is none of the %s classes"
            .formatted(row.getString(LABEL), labels.classNames().size());
  }

  private static String splitFault(Row row) {
    return row.isNullAt(SPLIT)
        ? "it has no split"
        : "its split '%s' is not train, validation or test".formatted(row.getString(SPLIT));
  }

  private SourceRow withPicture(ListedPicture listed, Row row) {
    return arePaths
        ? SourceRow.read(listed, picture -> picture(picture.name()))
        : SourceRow.of(listed, row.getAs(PICTURE));
  }

  /**
   * The picture of a path.
   *
   * @throws RefusedDatasetException if it lies outside the folders that may be read
   */
  byte[] picture(String path) throws UnreadablePictureException {
    return new ListedPath(table, path, folder).read(allowed, Configurations.of(options));
  }
}
