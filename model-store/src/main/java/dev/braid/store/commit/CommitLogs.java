package dev.braid.store.commit;

import dev.braid.model.Check;
import dev.braid.store.file.Folder;

/** Chooses the commit log that a file system's guarantees allow. */
public final class CommitLogs {
  private CommitLogs() {}

  /**
   * Refuses a path on whose file system nobody could commit, before anything is opened there.
   *
   * @throws IllegalArgumentException if it is not a local path
   */
  public static void checkSupported(String root) {
    Check.argument(
        Folder.isLocal(root),
        "Cannot use the store %s: its file system is not supported yet (use a local path)",
        root);
  }

  /** The commit log for the files of this folder. */
  public static CommitLog in(Folder folder) {
    checkSupported(folder.toString());
    return new HardLinkLog(folder);
  }
}
