package dev.braid.jobs.source.table;

import static java.util.Objects.requireNonNull;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.Configurations;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceFiles;
import dev.braid.jobs.source.SourceRows;
import dev.braid.jobs.source.SourceSplit;
import dev.braid.jobs.source.folder.ImageFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Pictures whose paths and labels are listed: CSV or TSV with a header, or JSON lines.
 *
 * <p>A folder has its list in {@code metadata.csv} or {@code metadata.jsonl}, as Hugging Face names
 * it, or one such list in the folder of each split.
 *
 * @param root a list or a folder: any Hadoop path that the executors can read; paths in a list are
 *     relative to its folder
 */
public record ListedPictures(
    String root, TableColumns columns, ImageFolder.ClassNames names, AllowedRoots allowed)
    implements PictureSource {
  private static final List<String> USUAL_IMAGES = List.of("file_name", "path", "image");
  private static final int MOST_CHARACTERS = 1 << 20;

  @Override
  public String name() {
    return root;
  }

  @Override
  public SourceRows open(JavaSparkContext spark, SortedMap<String, String> options)
      throws IOException {
    allowed.checkNamed(root, options);
    SortedMap<SourceSplit, String> lists = lists(Configurations.of(options));
    SparkSession session = TableSession.open();
    List<TablePart> parts =
        lists.entrySet().stream()
            .map(list -> part(session, list.getKey(), list.getValue()))
            .toList();
    return new TableRows(spark, options, new TableTask(columns, names, allowed))
        .of(new OpenTable(root, parts, USUAL_IMAGES, OpenTable.DeclaredNames.NONE));
  }

  private SortedMap<SourceSplit, String> lists(Configuration configuration) throws IOException {
    Path path = new Path(root);
    try {
      SortedMap<SourceSplit, String> lists =
          new ListFiles(SourceFiles.at(path, configuration)).at(path);
      if (lists.isEmpty()) {
        throw refused("it has no metadata.csv or metadata.jsonl");
      }
      lists.values().forEach(list -> allowed.checkInside(root, new Path(list), configuration));
      return lists;
    } catch (FileNotFoundException e) {
      throw refused("no such file or folder");
    }
  }

  private RefusedDatasetException refused(String why) {
    return new RefusedDatasetException("Cannot read pictures from %s: %s", root, why);
  }

  private static TablePart part(SparkSession session, SourceSplit split, String list) {
    Dataset<Row> rows = TableFaults.translated(list, () -> rows(session, list));
    Path folder = requireNonNull(new Path(list).getParent(), "a list lies in a folder");
    return new TablePart(split, rows, Optional.empty(), Optional.of(folder.toString()));
  }

  private static Dataset<Row> rows(SparkSession session, String list) {
    String path = TableSession.literal(list);
    if (ListFiles.isJson(list)) {
      return session.read().option("mode", "FAILFAST").json(path);
    }
    return session
        .read()
        .option("header", true)
        .option("sep", list.endsWith(".tsv") ? "\t" : ",")
        .option("quote", "\"")
        .option("escape", "\"") // a quote in a quoted field is doubled (RFC 4180)
        .option("multiLine", true)
        .option("maxCharsPerColumn", MOST_CHARACTERS)
        .option("mode", "FAILFAST")
        .csv(path);
  }
}
