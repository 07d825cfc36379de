package dev.braid.jobs.source.table;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.SourceRows;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.Configurations;
import java.io.IOException;
import java.util.SortedMap;
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
    return found(options).open(spark, options);
  }

  private PictureSource found(SortedMap<String, String> options) throws IOException {
    if (!new ListFiles(root, options).bySplit().isEmpty()) {
      return new ListedPictures(root, columns, names, allowed);
    }
    return ParquetFolder.is(root, Configurations.of(options))
        ? new ParquetPictures(root, columns, names, allowed)
        : new ImageFolder(root, names, allowed, depth);
  }
}
