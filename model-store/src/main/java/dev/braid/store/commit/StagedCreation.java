package dev.braid.store.commit;

import dev.braid.store.file.Folder;
import dev.braid.store.file.NewFile;
import dev.braid.store.file.StoreAccessException;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.BiPredicate;

/**
 * Finishes a file under a unique name, then gives it the requested name.
 *
 * @param step gives the first, finished file the second name, which fails if it is taken
 */
record StagedCreation(Folder folder, BiPredicate<String, String> step)
    implements ExclusiveCreation {
  /*
   * The step names a file that is complete and on the disk. Creating the name first and then
   * writing would expose a part of the content. On a local disk the step is a hard link, because
   * renaming would overwrite there; on HDFS it is a rename. A writer that dies leaves a staged file
   * that nothing refers to.
   *
   * If the step fails, it may have had its effect: an interrupted call of a remote file system, for
   * example, does not wait for the answer. The file is therefore read back.
   */
  private static final String STAGED = "staging/commits/";

  @Override
  public boolean create(String name, byte[] content) {
    String staged = STAGED + UUID.randomUUID();
    try {
      try (NewFile file = folder.create(staged)) {
        file.write(content, 0, content.length);
      }
      return place(staged, name, content);
    } finally {
      discard(staged);
    }
  }

  private boolean place(String staged, String name, byte[] content) {
    boolean wasInterrupted = Thread.interrupted();
    try {
      return step.test(staged, name); // the one atomic step
    } catch (StoreAccessException e) {
      wasInterrupted |= Thread.interrupted(); // or reading would fail, too
      if (!isThere(name, content)) {
        throw e;
      }
      folder.forceEntry(name);
      return true;
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isThere(String name, byte[] content) {
    return folder.read(name).filter(found -> Arrays.equals(found, content)).isPresent();
  }

  private void discard(String staged) {
    try {
      folder.delete(staged);
    } catch (StoreAccessException ignored) { // the outcome of the step does not depend on it
    }
  }
}
