package dev.braid.jobs.source;

import org.apache.hadoop.fs.Path;

/** Paths of files with any characters in their names. */
public final class FolderPaths {
  private FolderPaths() {}

  /** The path of an absolute name; Hadoop would otherwise parse "a:b" as a scheme and a path. */
  public static Path path(String absolute) {
    return absolute.startsWith("/") ? new Path(null, null, absolute) : new Path(absolute);
  }
}
