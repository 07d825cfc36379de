package dev.braid.model.record;

import dev.braid.model.Digest;
import dev.braid.model.ShardCut;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

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

  public StoreInfo {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }
}
