package dev.braid.jobs.source.table;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.lit;

import dev.braid.jobs.source.PictureReading;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceRow;
import dev.braid.jobs.source.SourceRows;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Turns the rows of a table into pictures with labels. */
final class TableRows {
  /** More are a sign that the column names something else, such as the picture. */
  static final int MOST_CLASSES = 30_000;

  private final JavaSparkContext spark;
  private final SortedMap<String, String> options;
  private final TableTask task;

  TableRows(JavaSparkContext spark, SortedMap<String, String> options, TableTask task) {
    this.spark = spark;
    this.options = options;
    this.task = task;
  }

  /**
   * The rows of a table that the task takes.
   *
   * @throws RefusedDatasetException if it lacks a column, or its labels name no classes
   */
  SourceRows of(OpenTable table) throws IOException {
    List<TablePart> parts = table.parts().stream().map(part -> filtered(table, part)).toList();
    List<ChosenColumns> all = parts.stream().map(part -> columns(table, part)).toList();
    ChosenColumns columns = all.get(0);
    if (all.stream().anyMatch(other -> !other.isLike(columns))) {
      throw new RefusedDatasetException(
          "Cannot read pictures from %s: the columns of its splits have different types",
          table.name());
    }
    LabelValues labels = labels(table, parts, columns);
    List<JavaRDD<SourceRow>> rows = new ArrayList<>();
    SortedMap<SourceSplit, ReadRow> readers = new TreeMap<>();
    for (TablePart part : parts) {
      ReadRow read = reader(table, part, columns, labels);
      readers.put(part.split(), read);
      rows.add(rows(part, columns, read));
    }
    return new SourceRows(
        labels.classNames(),
        union(rows),
        List.of(),
        columns.arePaths() ? again(readers) : PictureReading.NO_FILES);
  }

  private ChosenColumns columns(OpenTable table, TablePart part) {
    return ChosenColumns.of(table, part.rows().schema(), task.columns());
  }

  /** Parts whose rows have a split of their own are one part. */
  private static PictureReading again(SortedMap<SourceSplit, ReadRow> readers) {
    return picture -> {
      SourceSplit part =
          readers.containsKey(picture.split()) ? picture.split() : readers.firstKey();
      return requireNonNull(readers.get(part), "reader is null").picture(picture.name());
    };
  }

  private TablePart filtered(OpenTable table, TablePart part) {
    if (task.columns().filter().isEmpty()) {
      return part;
    }
    String filter = task.columns().filter().orElseThrow();
    return part.with(TableFaults.translated(table.name(), () -> part.rows().where(filter)));
  }

  private LabelValues labels(OpenTable table, List<TablePart> parts, ChosenColumns columns)
      throws IOException {
    Optional<List<String>> listed = listedNames(table);
    if (columns.areNumbers()) {
      List<String> names =
          listed
              .or(() -> table.declared().of(columns.label().name()))
              .orElseThrow(() -> unnamed(table, columns));
      return LabelValues.numbers(table.name(), names);
    }
    List<String> values = values(table, parts, columns);
    return listed.isPresent()
        ? LabelValues.listed(table.name(), listed.get(), values)
        : LabelValues.names(table.name(), values);
  }

  private Optional<List<String>> listedNames(OpenTable table) throws IOException {
    return task.names() instanceof ImageFolder.ClassNames.Listed file
        ? Optional.of(ImageFolder.namesIn(file, table.name(), task.allowed(), options))
        : Optional.empty();
  }

  private static RefusedDatasetException unnamed(OpenTable table, ChosenColumns columns) {
    return new RefusedDatasetException(
        "Cannot learn from %s: its column '%s' has numbers, and nothing says which classes they are"
            + " (give a file of class names, one a line)",
        table.name(), columns.label().name());
  }

  /** The distinct labels. */
  private List<String> values(OpenTable table, List<TablePart> parts, ChosenColumns columns) {
    String name = table.name();
    List<JavaRDD<String>> labels = parts.stream().map(part -> values(name, part, columns)).toList();
    List<String> values =
        new Stage(spark, "list classes of " + name)
            .collect(context -> union(labels).distinct().take(MOST_CLASSES + 1));
    if (values.size() > MOST_CLASSES) {
      throw new RefusedDatasetException(
          "Cannot learn from %s: its column '%s' has more than %s different values; is it the"
              + " class? (columns.label of the task names another)",
          name, columns.label().name(), MOST_CLASSES);
    }
    return values;
  }

  private static JavaRDD<String> values(String table, TablePart part, ChosenColumns columns) {
    Column label = ChosenColumns.column(columns.label()).cast(DataTypes.StringType);
    return TableFaults.translated(table, () -> part.rows().select(label).javaRDD())
        .mapPartitions(rows -> new CheckedIterator<Row>(table, rows))
        .filter(row -> !row.isNullAt(0))
        .map(row -> row.getString(0));
  }

  private <T> JavaRDD<T> union(List<JavaRDD<T>> parts) {
    return parts.stream().reduce(JavaRDD::union).orElseThrow();
  }

  private ReadRow reader(
      OpenTable table, TablePart part, ChosenColumns columns, LabelValues labels) {
    return new ReadRow(
        table.name(),
        part.split(),
        columns.split().isPresent(),
        columns.arePaths(),
        part.folder().orElse(""),
        labels,
        task.allowed(),
        options);
  }

  private static JavaRDD<SourceRow> rows(TablePart part, ChosenColumns columns, ReadRow read) {
    return TableFaults.translated(read.table(), () -> selected(part, columns).javaRDD())
        .mapPartitions(rows -> new CheckedIterator<Row>(read.table(), rows))
        .map(read::of);
  }

  private static Dataset<Row> selected(TablePart part, ChosenColumns columns) {
    List<Column> chosen = new ArrayList<>();
    chosen.add(columns.picture().as("picture"));
    chosen.add(ChosenColumns.column(columns.label()).cast(DataTypes.StringType).as("label"));
    chosen.add(name(part, columns).as("name"));
    columns.split().ifPresent(split -> chosen.add(ChosenColumns.column(split).as("split")));
    return part.rows().select(chosen.toArray(Column[]::new));
  }

  private static Column name(TablePart part, ChosenColumns columns) {
    return columns.arePaths() ? columns.picture() : part.name().orElse(lit("a row"));
  }
}
