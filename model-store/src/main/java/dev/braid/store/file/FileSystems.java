package dev.braid.store.file;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the file system that a path names. */
public final class FileSystems {
  private static final String LOCAL = "file";
  private static final OpenFileSystems REMOTE = new OpenFileSystems();

  private FileSystems() {}

  /** The scheme of a path's file system, such as "hdfs"; "file" if the path has none. */
  public static String scheme(String path) {
    return scheme(new Path(path));
  }

  private static String scheme(Path path) {
    String scheme = path.toUri().getScheme();
    return scheme == null ? LOCAL : scheme;
  }

  /** True for a path on the local disk. */
  public static boolean isLocal(String path) {
    return scheme(path).equals(LOCAL);
  }

  static FileSystem open(Path path, Map<String, String> options) throws IOException {
    return scheme(path).equals(LOCAL) ? LocalDisk.open(options) : remote(path, options);
  }

  private static FileSystem remote(Path path, Map<String, String> options) throws IOException {
    try {
      return REMOTE.open(path.toUri(), options);
    } catch (RuntimeException e) { // Hadoop reports a missing class or unknown host in this way
      if (e.getCause() instanceof ClassNotFoundException missing) {
        throw new IOException(missing.getMessage() + " (put its jar on the class path)", e);
      }
      if (e.getCause() instanceof IOException reason) {
        throw reason;
      }
      throw e;
    }
  }
}
