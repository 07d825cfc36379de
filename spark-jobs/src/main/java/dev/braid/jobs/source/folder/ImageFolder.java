package dev.braid.jobs.source.folder;

import dev.braid.jobs.source.AllowedRoots;
import dev.braid.jobs.source.ClassNamesFile;
import dev.braid.jobs.source.Configurations;
import dev.braid.jobs.source.PictureReading;
import dev.braid.jobs.source.PictureSource;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.jobs.source.SourceRow;
import dev.braid.jobs.source.SourceRows;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Check;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A folder of pictures: {@code train/<class>/…}, {@code test/<class>/…} and optionally {@code
 * val/<class>/…}, or {@code <class>/…} alone, which assigns no split.
 *
 * @param root any Hadoop path that the executors can read
 * @param names where the class names come from
 * @param allowed where pictures and class names may lie
 * @param depth where pictures lie below their class's folder
 */
public record ImageFolder(String root, ClassNames names, AllowedRoots allowed, Depth depth)
    implements PictureSource, Serializable {
  /** Small enough that a few hundred pictures occupy several cores. */
  private static final int LEAST_PER_TASK = 64;

  /** Few enough that the loss of an executor costs seconds. */
  private static final int MOST_PER_TASK = 1024;

  public ImageFolder {
    Check.argument(!root.isBlank(), "Invalid folder of pictures: '%s' (not blank)", root);
  }

  /** A folder whose pictures lie directly in their class's folder. */
  public ImageFolder(String root, ClassNames names, AllowedRoots allowed) {
    this(root, names, allowed, Depth.DIRECT);
  }

  /** The folder with the class names found in it. */
  public static ImageFolder of(String root) {
    return new ImageFolder(root, new ClassNames.Found(), AllowedRoots.NAMED);
  }

  @Override
  public String name() {
    return root;
  }

  @Override
  public SourceRows open(JavaSparkContext spark, SortedMap<String, String> options)
      throws IOException {
    PictureListing listing = list(Configurations.of(options));
    int tasks = tasks(listing.pictures().size(), spark.defaultParallelism());
    PictureReading reading = new FolderReading(this, options);
    return new SourceRows(
        listing.classNames(),
        spark.parallelize(listing.pictures(), tasks).map(listed -> SourceRow.read(listed, reading)),
        listing.remarks(),
        reading);
  }

  /** Enough tasks to occupy all cores, and no more: a task costs as much as some pictures. */
  private static int tasks(int pictures, int cores) {
    int enough = Math.max(Stage.TASKS_PER_CORE * cores, pictures / MOST_PER_TASK);
    return Math.max(1, Math.min(pictures / LEAST_PER_TASK, enough));
  }

  /** The classes and all pictures; equal content gives an equal listing. */
  PictureListing list(Configuration configuration) throws IOException {
    return new FolderListing(this, configuration).list();
  }

  /** How deep below their class's folder pictures lie. */
  public enum Depth {
    /** Directly in the folder; a folder inside it is refused. */
    DIRECT,
    /** In the folder and in all folders inside it. */
    RECURSIVE
  }

  /**
   * The class names in a file.
   *
   * @param source that names the file
   * @throws RefusedDatasetException if it is not there, not allowed, or not such a file
   */
  public static List<String> namesIn(
      ClassNames.Listed listed,
      String source,
      AllowedRoots allowed,
      SortedMap<String, String> options)
      throws IOException {
    Configuration configuration = Configurations.of(options);
    Path file = new Path(listed.file());
    allowed.checkNamed(file, configuration);
    return new ClassNamesFile(source, file).names(configuration);
  }

  /** Where class names come from. */
  public sealed interface ClassNames extends Serializable {
    /**
     * The lines of {@code classes.txt} in the folder, or the class folders' names if it has no such
     * file.
     */
    record Found() implements ClassNames {}

    /**
     * The lines of a file: line i names class i. The class's folder has that name, or the number i.
     *
     * @param file any Hadoop path
     */
    record Listed(String file) implements ClassNames {}
  }
}
