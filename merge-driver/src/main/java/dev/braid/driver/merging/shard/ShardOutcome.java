package dev.braid.driver.merging.shard;

import dev.braid.merge.StepSums;
import dev.braid.model.Blob;
import java.io.Serializable;
import java.util.SortedMap;

/** What became of a shard in a merge step. */
public sealed interface ShardOutcome extends Serializable {
  /**
   * It was merged.
   *
   * @param shards what was written, by the names of the blobs
   */
  record Merged(SortedMap<String, Blob.Shard> shards, StepSums sums) implements ShardOutcome {}

  /**
   * The delta has a value that is not finite.
   *
   * @param coordinate its place in the whole vector
   */
  record NotFinite(long coordinate, float value) implements ShardOutcome {}

  /**
   * Values are so large that float32 cannot hold what the merge makes of them.
   *
   * @param coordinate its place in the whole vector
   */
  record Overflow(long coordinate) implements ShardOutcome {}
}
