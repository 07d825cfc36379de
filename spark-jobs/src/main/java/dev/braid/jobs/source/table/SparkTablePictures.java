package dev.braid.jobs.source.table;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.SourceRows;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.source.folder.ImageFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Pictures in a table or view of Spark's catalog.
 *
 * @param table its name, such as {@code shop.pictures}
 * @param names a file of class names, or the values of the label column
 * @param allowed where the pictures may lie whose paths it has
 */
public record SparkTablePictures(
    String table, TableColumns columns, ImageFolder.ClassNames names, AllowedRoots allowed)
    implements PictureSource {
  private static final List<String> USUAL_IMAGES = List.of("image", "img", "path");

  @Override
  public String name() {
    return "table " + table;
  }

  @Override
  public SourceRows open(JavaSparkContext spark, SortedMap<String, String> options)
      throws IOException {
    Dataset<Row> rows = TableFaults.translated(name(), () -> TableSession.open().table(table));
    Column name = concat(lit("row "), monotonically_increasing_id());
    TablePart part = new TablePart(SourceSplit.NONE, rows, Optional.of(name), Optional.empty());
    return new TableRows(spark, options, new TableTask(columns, names, allowed))
        .of(new OpenTable(name(), List.of(part), USUAL_IMAGES, OpenTable.DeclaredNames.NONE));
  }
}
