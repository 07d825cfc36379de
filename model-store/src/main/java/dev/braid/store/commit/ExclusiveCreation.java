package dev.braid.store.commit;

/** The one step in which a file of a folder appears, complete, for exactly one of all who try. */
interface ExclusiveCreation {
  /**
   * Creates the file with this content; false if the name is taken.
   *
   * @param name a relative path
   */
  boolean create(String name, byte[] content);
}
