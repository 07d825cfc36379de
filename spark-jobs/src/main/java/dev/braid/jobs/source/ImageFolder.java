package dev.braid.jobs.source;

import dev.braid.model.Check;
import java.io.Serializable;

/**
 * Where the pictures of a data set lie: {@code train/<class>/…} beside {@code test/<class>/…}, or
 * {@code <class>/…} alone, of which a seeded fifth becomes the test part.
 *
 * @param root any Hadoop path that the executors can read
 * @param names where the class names come from
 * @param allowed where pictures and class names may lie
 * @param seed decides what is cut for validation, for test where the folder has none, and which are
 *     the shots
 * @param shots pictures of each class to learn from; all if 0
 */
public record ImageFolder(String root, ClassNames names, AllowedRoots allowed, long seed, int shots)
    implements Serializable {
  /** All pictures of a class. */
  public static final int ALL = 0;

  public ImageFolder {
    Check.argument(!root.isBlank(), "Invalid folder of pictures: '%s' (not blank)", root);
    Check.argument(shots >= 0, "Invalid shots: %s (at least 1, or 0 for all)", shots);
  }

  /** The folder with all its pictures. */
  public ImageFolder(String root, ClassNames names, AllowedRoots allowed, long seed) {
    this(root, names, allowed, seed, ALL);
  }

  /** The folder with the class names found in it. */
  public static ImageFolder of(String root, long seed) {
    return new ImageFolder(root, new ClassNames.Found(), AllowedRoots.NAMED, seed);
  }

  /** Where class names come from. */
  public sealed interface ClassNames extends Serializable {
    /** The lines of {@code classes.txt} in the folder if there is one, else the folders' names. */
    record Found() implements ClassNames {}

    /**
     * The lines of a file: line i names class i. Its folder bears that name, or its number.
     *
     * @param file any Hadoop path
     */
    record Listed(String file) implements ClassNames {}
  }
}
