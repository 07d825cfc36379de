package dev.braid.jobs.source.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.Configurations;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceRows;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.source.VisibleFiles;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.store.file.FileEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Pictures in Parquet files, such as those of a data set on the Hugging Face hub: the files' names
 * tell the split, and their footers or the data set's card name the classes.
 *
 * @param root a file or a folder of files: any Hadoop path that the executors can read
 * @param names a file of class names, or what the files declare
 */
public record ParquetPictures(
    String root, TableColumns columns, ImageFolder.ClassNames names, AllowedRoots allowed)
    implements PictureSource {
  private static final List<String> USUAL_IMAGES = List.of("image", "img");

  /** A row's name: its file and its place there, from 0. */
  private static final Column ROW =
      concat(col("_metadata.file_name"), lit(" row "), col("_metadata.row_index"));

  @Override
  public String name() {
    return root;
  }

  @Override
  public SourceRows open(JavaSparkContext spark, SortedMap<String, String> options)
      throws IOException {
    allowed.checkNamed(root, options);
    VisibleFiles files = VisibleFiles.at(root, options);
    if (files.parquet().isEmpty()) {
      throw refused("it has no Parquet files");
    }
    Configuration configuration = Configurations.of(options);
    files
        .parquet()
        .forEach(file -> allowed.checkInside(root, new Path(files.path(file)), configuration));
    OpenTable table = TableFaults.translated(root, () -> opened(files, options));
    return new TableRows(spark, options, new TableTask(columns, names, allowed)).of(table);
  }

  private OpenTable opened(VisibleFiles files, SortedMap<String, String> options) {
    SparkSession session = TableSession.open();
    StructType schema = reader(session, files).parquet(paths(files, files.parquet())).schema();
    List<TablePart> parts =
        bySplit(files).entrySet().stream()
            .map(
                split ->
                    new TablePart(
                        split.getKey(),
                        reader(session, files)
                            .schema(schema)
                            .parquet(paths(files, split.getValue())),
                        Optional.of(ROW),
                        Optional.of(files.place().path())))
            .toList();
    return new OpenTable(root, parts, USUAL_IMAGES, new HuggingFaceNames(files, allowed, options));
  }

  private DataFrameReader reader(SparkSession session, VisibleFiles files) {
    return files.isFile()
        ? session.read()
        : session.read().option("basePath", files.place().path());
  }

  private static String[] paths(VisibleFiles files, List<FileEntry> chosen) {
    return chosen.stream()
        .map(file -> TableSession.literal(files.path(file)))
        .toArray(String[]::new);
  }

  /**
   * The files of each split. If none is for tests, there is one split at most: those to learn from
   * are divided, and those for validation become the test set.
   */
  private Map<SourceSplit, List<FileEntry>> bySplit(VisibleFiles files) {
    if (columns.split().isPresent() || files.isFile()) {
      return Map.of(SourceSplit.NONE, files.parquet());
    }
    Map<SourceSplit, List<FileEntry>> named =
        files.parquet().stream()
            .collect(
                Collectors.groupingBy(
                    file ->
                        SplitNames.ofFile(files.place().inside(file.name()))
                            .orElse(SourceSplit.NONE)));
    if (named.size() > 1 && named.containsKey(SourceSplit.NONE)) {
      throw refused(
          "the name of %s tells no split, and others do (train, validation or test)"
              .formatted(files.path(named.get(SourceSplit.NONE).get(0))));
    }
    return new TreeMap<>(withTest(named));
  }

  private Map<SourceSplit, List<FileEntry>> withTest(Map<SourceSplit, List<FileEntry>> named) {
    if (named.containsKey(SourceSplit.TEST) || named.containsKey(SourceSplit.NONE)) {
      return named;
    }
    List<FileEntry> train = named.get(SourceSplit.TRAIN);
    List<FileEntry> validation = named.get(SourceSplit.VALIDATION);
    if (train == null || validation == null) {
      return Map.of(SourceSplit.NONE, named.values().iterator().next());
    }
    return Map.of(SourceSplit.TRAIN, train, SourceSplit.TEST, validation);
  }

  private RefusedDatasetException refused(String why) {
    return new RefusedDatasetException("Cannot read pictures from %s: %s", root, why);
  }
}
