package dev.braid.model.record;

import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.ShardCut;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The properties of a store that never change.
 *
 * @param base digest of its base's record
 * @param weights digest of the blob over all tensors of the base, which depends on the cut
 * @param cut how all its blobs are cut into shards
 * @param settings chosen when it was created, for the program that created it
 */
public record StoreInfo(
    Digest base, Digest weights, ShardCut cut, SortedMap<String, String> settings)
    implements Serializable {
  /** The number of the format that this program writes, and the highest it reads. */
  public static final int FORMAT = 3;

  /** The setting that names the kept files of the base: lines of a digest, a blank and a name. */
  private static final String KEPT_FILES = "kept-files";

  public StoreInfo {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** The same store with these files of the base's directory, by name. */
  public StoreInfo keeping(SortedMap<String, Digest> files) {
    if (files.isEmpty()) {
      return this;
    }
    SortedMap<String, String> all = new TreeMap<>(settings);
    all.put(
        KEPT_FILES,
        files.entrySet().stream()
            .map(file -> file.getValue() + " " + file.getKey())
            .collect(Collectors.joining("\n")));
    return new StoreInfo(base, weights, cut, all);
  }

  /** Digests of files of the base's directory on which nothing depends, by name. */
  public SortedMap<String, Digest> keptFiles() {
    SortedMap<String, Digest> files = new TreeMap<>();
    settings.getOrDefault(KEPT_FILES, "").lines().forEach(line -> put(line, files));
    return files;
  }

  private static void put(String line, SortedMap<String, Digest> files) {
    int blank = line.indexOf(' ');
    Check.argument(
        blank > 0, "Invalid %s in store.json: %s (a digest and a name)", KEPT_FILES, line);
    files.put(line.substring(blank + 1), new Digest(line.substring(0, blank)));
  }
}
