package dev.braid.store.commit;

/** Creates a complete file of a folder in one step, which succeeds for one of all that try. */
interface ExclusiveCreation {
  /**
   * Creates the file with this content; false if the name is taken.
   *
   * @param name a relative path
   */
  boolean create(String name, byte[] content);
}
