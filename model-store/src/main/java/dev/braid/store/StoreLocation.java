package dev.braid.store;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a store is, for any process on any machine that opens it.
 *
 * @param root any Hadoop path; one without a scheme is local
 * @param options Hadoop's settings for its file system
 */
public record StoreLocation(String root, SortedMap<String, String> options)
    implements Serializable {
  public StoreLocation {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /** The location of this path, with Hadoop's own settings. */
  public static StoreLocation of(String root) {
    return new StoreLocation(root, new TreeMap<>());
  }

  /** The root alone: options may hold secrets, and strings are logged. */
  @Override
  public String toString() {
    return root;
  }
}
