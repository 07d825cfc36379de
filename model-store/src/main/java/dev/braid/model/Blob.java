package dev.braid.model;

import java.io.Serializable;
import java.util.List;

/**
 * A vector over a parameter space, cut into shards: the content of a blob's JSON.
 *
 * <p>Shard i of every blob of a space covers the same coordinates, so a merge is a map over shards.
 *
 * @param space digest of the parameter space (for a base's weights: of the list of its tensors)
 * @param coordinates length of the vector
 * @param shards one immutable Parquet file each, in order
 */
public record Blob(
    ElementType element, Digest space, long coordinates, ShardCut cut, List<Shard> shards)
    implements Serializable {
  /** One file of a blob: the digest of its bytes and their number. */
  public record Shard(Digest digest, long bytes) implements Serializable {}

  public Blob {
    shards = List.copyOf(shards);
    Check.argument(coordinates > 0, "Invalid blob: %s coordinates (at least one)", coordinates);
    Check.argument(
        shards.size() == cut.shards(coordinates),
        "Invalid blob: %s shards (%s coordinates need %s)",
        shards.size(),
        coordinates,
        cut.shards(coordinates));
  }
}
