package dev.braid.store.commit;

import java.util.List;
import java.util.Optional;

/** Small immutable files of which each is created by exactly one of all who try. */
public interface CommitLog {
  /**
   * Creates the file with this content; false if it exists, whoever made it.
   *
   * <p>Nobody ever sees a part of the content. What returned true survives a loss of power.
   *
   * @param name a relative path such as "versions/main/000001.json"
   */
  boolean create(String name, byte[] content);

  /** The content of a file, or nothing if it is not there. */
  Optional<byte[]> read(String name);

  /** The names of the files in a folder in alphabetical order; none if it is not there. */
  List<String> names(String folder);
}
