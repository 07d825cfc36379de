package dev.braid.jobs.source;

import dev.braid.jobs.stage.Configurations;
import dev.braid.model.Check;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * A folder of pictures: {@code train/<class>/…} and {@code test/<class>/…}, or {@code <class>/…}
 * alone, which assigns no split.
 *
 * @param root any Hadoop path that the executors can read
 * @param names where the class names come from
 * @param allowed where pictures and class names may lie
 */
public record ImageFolder(String root, ClassNames names, AllowedRoots allowed)
    implements PictureSource, Serializable {
  /** Small enough that a few hundred pictures occupy several cores. */
  private static final int PICTURES_PER_TASK = 64;

  public ImageFolder {
    Check.argument(!root.isBlank(), "Invalid folder of pictures: '%s' (not blank)", root);
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
    int tasks = Math.max(1, listing.pictures().size() / PICTURES_PER_TASK);
    return new SourceRows(
        listing.classNames(),
        spark.parallelize(listing.pictures(), tasks).map(new ReadPicture(this, options)));
  }

  private record ReadPicture(ImageFolder source, SortedMap<String, String> options)
      implements Function<ListedPicture, SourceRow> {
    @Override
    public SourceRow call(ListedPicture listed) {
      return SourceRow.of(listed, source.read(listed.name(), Configurations.of(options)));
    }
  }

  /** The classes and all pictures; equal content gives an equal listing. */
  PictureListing list(Configuration configuration) throws IOException {
    return new FolderListing(this, configuration).list();
  }

  byte[] read(String picture, Configuration configuration) {
    Path file = FolderListing.path(new Path(root), picture);
    allowed.checkInside(root, file, configuration);
    return SourceFile.read("picture", file, configuration);
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
