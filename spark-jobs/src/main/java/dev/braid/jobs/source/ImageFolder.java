package dev.braid.jobs.source;

import dev.braid.model.Check;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A folder of pictures: {@code train/<class>/…} and {@code test/<class>/…}, or {@code <class>/…}
 * alone, which assigns no split.
 *
 * @param root any Hadoop path that the executors can read
 * @param names where the class names come from
 * @param allowed where pictures and class names may lie
 */
public record ImageFolder(String root, ClassNames names, AllowedRoots allowed)
    implements PictureSource {
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
  public PictureListing list(Configuration configuration) throws IOException {
    return new FolderListing(this, configuration).list();
  }

  @Override
  public byte[] read(String picture, Configuration configuration) {
    Path file = FolderListing.path(new Path(root), picture);
    allowed.checkInside(root, file, configuration);
    return SourceFile.read("picture", file, configuration);
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
