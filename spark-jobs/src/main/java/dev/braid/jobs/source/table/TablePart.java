package dev.braid.jobs.source.table;

import dev.braid.jobs.source.SourceSplit;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of one split.
 *
 * @param split {@link SourceSplit#NONE} if a column or nothing divides them
 * @param name the name of each row in messages, where the path of its picture is not its name
 * @param folder relative paths of pictures are relative to it, and they may lie in it; empty if the
 *     rows have no folder of their own
 */
record TablePart(
    SourceSplit split, Dataset<Row> rows, Optional<Column> name, Optional<String> folder) {
  /** The same part with other rows. */
  TablePart with(Dataset<Row> others) {
    return new TablePart(split, others, name, folder);
  }
}
