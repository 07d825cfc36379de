package dev.braid.jobs.source;

import dev.braid.model.Check;
import dev.braid.store.file.Folder;
import java.util.Map;

/**
 * A file or folder in its folder.
 *
 * @param path any absolute Hadoop path, without a slash at its end
 */
public record Place(String path) {
  public Place {
    int slash = path.lastIndexOf('/');
    Check.argument(
        slash >= 0 && slash < path.length() - 1,
        "Invalid path: '%s' (a file or folder that lies in a folder)",
        path);
  }

  public static Place of(String path) {
    return new Place(path.length() > 1 && path.endsWith("/") ? strip(path) : path);
  }

  private static String strip(String path) {
    return path.substring(0, path.length() - 1);
  }

  /** The path of the folder that contains it. */
  public String folder() {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  /** The folder that contains it. */
  public Folder parent(Map<String, String> options) {
    return Folder.of(folder(), options);
  }

  /** Its name there. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** How its parent lists a file with this path below it; the place itself has an empty one. */
  String listed(String inside) {
    return inside.isEmpty() ? name() : name() + "/" + inside;
  }

  /** The path below this folder of a file that its parent lists. */
  public String inside(String listed) {
    return listed.substring(name().length() + 1);
  }

  /** How its parent lists a file as if it were a folder: with its own name twice. */
  public String listedItself() {
    return name() + "/" + name();
  }
}
