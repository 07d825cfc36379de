package dev.braid.jobs.source.table;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.Configurations;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceFiles;
import dev.braid.jobs.source.SourceRows;
import dev.braid.jobs.source.UnreadableFileException;
import dev.braid.jobs.source.folder.ImageFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Pictures at a path, whatever is there: Parquet files, a list of picture files, or folders of
 * pictures.
 *
 * @param root any Hadoop path that the executors can read
 * @param depth where pictures lie below their class's folder, if it has class folders
 */
public record PictureFiles(
    String root,
    ImageFolder.Depth depth,
    TableColumns columns,
    ImageFolder.ClassNames names,
    AllowedRoots allowed)
    implements PictureSource {
  @Override
  public String name() {
    return root;
  }

  @Override
  public SourceRows open(JavaSparkContext spark, SortedMap<String, String> options)
      throws IOException {
    allowed.checkNamed(root, options);
    return found(Configurations.of(options)).open(spark, options);
  }

  private PictureSource found(Configuration configuration) throws IOException {
    try {
      Path path = new Path(root);
      SourceFiles files = SourceFiles.at(path, configuration);
      if (!new ListFiles(files).at(path).isEmpty()) {
        return readBySpark(new ListedPictures(root, columns, names, allowed));
      }
      if (new ParquetFolder(files).is(path)) {
        return readBySpark(new ParquetPictures(root, columns, names, allowed));
      }
    } catch (FileNotFoundException
        | UnreadableFileException
        | UnsupportedFileSystemException
        | IllegalArgumentException e) {
      if (e instanceof RefusedDatasetException refused) {
        throw refused;
      }
      return folder(); // which says what is wrong
    }
    return folder();
  }

  private PictureSource readBySpark(PictureSource table) {
    String name = root.replaceFirst("^[a-z][a-z0-9+.-]*://[^/]*", "");
    if (name.contains(":")) {
      throw refused("Spark cannot read tables and lists at a path with a colon; rename it");
    }
    return table;
  }

  private PictureSource folder() {
    if (!columns.equals(TableColumns.USUAL)) {
      throw refused(
          "columns and a filter are for tables and lists, and no Parquet file or list is there");
    }
    return new ImageFolder(root, names, allowed, depth);
  }

  private RefusedDatasetException refused(String why) {
    return new RefusedDatasetException("Cannot read pictures from %s: %s", root, why);
  }
}
