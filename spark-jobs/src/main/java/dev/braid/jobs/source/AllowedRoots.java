package dev.braid.jobs.source;

import dev.braid.store.file.LocalPath;
import dev.braid.store.file.StoreAccessException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folders that may contain pictures and class names. A path is compared with them after its
 * links are resolved.
 *
 * @param roots any Hadoop paths; if empty, a task may name any folder, but no link in that folder
 *     may lead out of it
 */
public record AllowedRoots(List<String> roots) implements Serializable {
  /** Allows every folder that a task names. */
  public static final AllowedRoots NAMED = new AllowedRoots(List.of());

  public AllowedRoots {
    roots = List.copyOf(roots);
  }

  /**
   * Checks a folder of pictures or a file of class names that a task names.
   *
   * @param options Hadoop's settings for its file system
   * @throws RefusedDatasetException if no root contains it
   */
  public void checkNamed(String named, Map<String, String> options) {
    if (!roots.isEmpty()) {
      Configuration configuration = new Configuration();
      options.forEach(configuration::set);
      checkNamed(new Path(named), configuration);
    }
  }

  public void checkNamed(Path named, Configuration configuration) {
    if (!roots.isEmpty()) {
      check(named, roots, configuration);
    }
  }

  /**
   * Checks a file found in a task's folder.
   *
   * @param folder the task's folder, whose own files are allowed
   * @throws RefusedDatasetException if it leads out of the folder and into none of the roots
   */
  public void checkInside(String folder, Path found, Configuration configuration) {
    inside(folder, configuration).check(found);
  }

  /**
   * The check of many files found in a task's folder; the links of the folders themselves are
   * resolved once.
   */
  public Permitted inside(String folder, Configuration configuration) {
    List<String> permitted = new ArrayList<>(roots);
    permitted.add(folder);
    return new Permitted(permitted, configuration);
  }

  private static void check(Path path, List<String> permitted, Configuration configuration) {
    new Permitted(permitted, configuration).check(path);
  }

  /**
   * Folders whose files may be read. The links of a folder are resolved when no folder before it
   * has the file, so that one that cannot be reached does not close the others. Not for use by
   * several threads.
   */
  public static final class Permitted {
    private final List<String> folders;
    private final Configuration configuration;
    private final Map<String, String> resolved = new HashMap<>();

    private Permitted(List<String> folders, Configuration configuration) {
      this.folders = List.copyOf(folders);
      this.configuration = configuration;
    }

    /**
     * Checks a file.
     *
     * @throws RefusedDatasetException if it leads into none of them
     */
    public void check(Path file) {
      String real = AllowedRoots.resolved(file, configuration);
      if (folders.stream().noneMatch(folder -> contains(real, resolved(folder)))) {
        throw new RefusedDatasetException(
            "Cannot read %s: %s lies in none of the folders that may be read (%s);"
                + " braid.ingest.allowed-roots names them",
            file, real, String.join(", ", folders));
      }
    }

    private String resolved(String folder) {
      return resolved.computeIfAbsent(
          folder, unknown -> AllowedRoots.resolved(new Path(unknown), configuration));
    }
  }

  private static boolean contains(String path, String root) {
    return path.equals(root) || path.startsWith(root.endsWith("/") ? root : root + "/");
  }

  /** The path with its links resolved, as far as it exists. */
  private static String resolved(Path path, Configuration configuration) {
    try {
      if (SourceFiles.isLocal(path, configuration)) {
        return LocalPath.text(real(LocalPath.of(path.toUri().getPath()).toAbsolutePath()));
      }
      FileSystem files = path.getFileSystem(configuration);
      Path whole = files.makeQualified(path);
      return (files.exists(whole) ? files.resolvePath(whole) : whole).toString();
    } catch (AccessDeniedException e) {
      throw new RefusedDatasetException("Cannot read %s: permission denied", path);
    } catch (IOException e) {
      throw new StoreAccessException("look for", path, e);
    }
  }

  private static java.nio.file.Path real(java.nio.file.Path path) throws IOException {
    try {
      return path.toRealPath();
    } catch (NoSuchFileException absent) {
      java.nio.file.Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(path.getFileName());
    }
  }
}
