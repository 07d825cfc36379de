package dev.braid.jobs.source;

import org.apache.hadoop.fs.Path;

/** Paths of files with any characters in their names. */
public final class FolderPaths {
  private FolderPaths() {}

  /** Resolves a relative path; Hadoop would otherwise parse "a:b" as a scheme and a path. */
  public static Path path(Path folder, String relative) {
    return new Path(folder, new Path(null, null, relative));
  }

  /** The path of an absolute name; Hadoop would otherwise parse "a:b" as a scheme and a path. */
  public static Path path(String absolute) {
    return absolute.startsWith("/") ? new Path(null, null, absolute) : new Path(absolute);
  }
}
