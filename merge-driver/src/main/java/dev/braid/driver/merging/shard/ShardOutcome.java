package dev.braid.driver.merging.shard;

import dev.braid.merge.StepSums;
import dev.braid.model.Blob;
import java.io.Serializable;
import java.util.SortedMap;

/** The outcome of a merge step on one shard. */
public sealed interface ShardOutcome extends Serializable {
  /**
   * It was merged.
   *
   * @param shards the written files, by the names of the blobs
   */
  record Merged(SortedMap<String, Blob.Shard> shards, StepSums sums) implements ShardOutcome {}

  /**
   * The delta has a value that is not finite.
   *
   * @param coordinate its index in the whole vector
   */
  record NotFinite(long coordinate, float value) implements ShardOutcome {}

  /**
   * A result of the merge exceeds float32.
   *
   * @param coordinate its index in the whole vector
   */
  record Overflow(long coordinate) implements ShardOutcome {}
}
