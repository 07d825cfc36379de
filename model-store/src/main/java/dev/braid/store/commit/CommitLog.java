package dev.braid.store.commit;

import java.util.List;
import java.util.Optional;

/** Small immutable files, each created by exactly one of all the processes that try. */
public interface CommitLog {
  /**
   * Creates the file with this content; false if it exists already.
   *
   * <p>No reader ever sees a part of the content. A file for which this returned true survives a
   * loss of power.
   *
   * @param name a relative path such as "versions/main/000001.json"
   */
  boolean create(String name, byte[] content);

  /** The content of a file, or nothing if it does not exist. */
  Optional<byte[]> read(String name);

  /**
   * The names of the files in a folder in alphabetical order; none if the folder does not exist.
   */
  List<String> names(String folder);
}
