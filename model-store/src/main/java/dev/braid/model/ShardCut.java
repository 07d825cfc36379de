package dev.braid.model;

import java.io.Serializable;

/**
 * How a long vector is cut: into shards, one file each, and inside a file into rows.
 *
 * <p>Both lengths count coordinates. They are fixed for the life of a store, because the order in
 * which the merge adds its sums follows them (METHODS 2.2).
 */
public record ShardCut(int shardLength, int rowLength) implements Serializable {
  private static final int MI = 1 << 20;

  /** Shards of 4 Mi coordinates (16 MiB of float32) with rows of 1 Mi. */
  public static final ShardCut DEFAULT = new ShardCut(4 * MI, MI);

  public ShardCut {
    Check.argument(
        rowLength > 0 && rowLength <= MI && rowLength % 64 == 0,
        "Invalid row length: %s (a multiple of 64, at most 1048576)",
        rowLength);
    Check.argument(
        shardLength > 0 && shardLength % rowLength == 0,
        "Invalid shard length: %s (a multiple of the row length %s)",
        shardLength,
        rowLength);
  }

  /** The number of shards that hold this many coordinates. */
  public int shards(long coordinates) {
    return Math.toIntExact((coordinates + shardLength - 1) / shardLength);
  }

  /** The first coordinate of a shard. */
  public long shardStart(int shard) {
    return (long) shard * shardLength;
  }

  /** The number of coordinates in a shard; the last one may be shorter. */
  public int shardLength(int shard, long coordinates) {
    return (int) Math.min(shardLength, coordinates - shardStart(shard));
  }

  /** The number of rows in a shard. */
  public int rows(int shard, long coordinates) {
    return (shardLength(shard, coordinates) + rowLength - 1) / rowLength;
  }

  /** The first coordinate, in the whole vector, of a row of a shard. */
  public long rowStart(int shard, int row) {
    return shardStart(shard) + (long) row * rowLength;
  }

  /** The number of coordinates in a row of a shard; the last one may be shorter. */
  public int rowLength(int shard, int row, long coordinates) {
    return Math.min(rowLength, shardLength(shard, coordinates) - row * rowLength);
  }
}
