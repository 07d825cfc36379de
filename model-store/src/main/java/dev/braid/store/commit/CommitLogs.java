package dev.braid.store.commit;

import dev.braid.store.file.FileSystems;
import dev.braid.store.file.Folder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the step that makes a commit exclusive from what a file system guarantees. */
public final class CommitLogs {
  private static final Logger LOG = LoggerFactory.getLogger(CommitLogs.class);
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private CommitLogs() {}

  /** The file systems that have such a step. */
  private enum Scheme {
    /** A hard link. Two processes and 300 contested files: one winner each. */
    FILE {
      @Override
      ExclusiveCreation creation(Folder folder) {
        return new StagedCreation(folder, folder::link);
      }
    },

    /** Renaming, which the name node does under a lock and never onto an existing file. */
    HDFS {
      @Override
      ExclusiveCreation creation(Folder folder) {
        return new StagedCreation(folder, folder::moveIfFree);
      }
    },

    /**
     * A conditional create. EXPERIMENTAL: tested with a file system that keeps S3A's contract,
     * never on S3 itself. It needs Hadoop 3.4.2 or newer and an object store whose If-None-Match is
     * atomic; run this package's contract tests there first.
     */
    S3A {
      @Override
      ExclusiveCreation creation(Folder folder) {
        return folder::createIfFree;
      }

      @Override
      void warn(String root) {
        if (WARNED.add(root)) {
          LOG.warn(
              "The store {} is experimental: that two commits to S3 never both succeed has not been"
                  + " proven there (it needs Hadoop 3.4.2 or newer, and a bucket whose conditional"
                  + " writes are atomic)",
              root);
        }
      }
    };

    abstract ExclusiveCreation creation(Folder folder);

    void warn(String root) {}

    static Scheme of(String root) {
      String name = FileSystems.scheme(root);
      return Arrays.stream(values())
          .filter(scheme -> scheme.name().toLowerCase(Locale.ROOT).equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Cannot use the store %s: commits are not safe on a file system %s: (use a path on file:, hdfs: or s3a:)"
                          .formatted(root, name)));
    }
  }

  /**
   * Refuses a path on a file system without safe commits, before anything is opened there; warns of
   * one where commits are experimental.
   *
   * @throws IllegalArgumentException if the file system is not one of those known
   */
  public static void checkSupported(String root) {
    Scheme.of(root).warn(root);
  }

  /** The commit log for the files of this folder. */
  public static CommitLog in(Folder folder) {
    return new FolderLog(folder, Scheme.of(folder.toString()).creation(folder));
  }
}
