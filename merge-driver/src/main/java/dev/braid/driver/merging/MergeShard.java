package dev.braid.driver.merging;

import dev.braid.driver.merging.shard.MergePlan;
import dev.braid.driver.merging.shard.ShardMerge;
import dev.braid.driver.merging.shard.ShardOutcome;
import dev.braid.store.StoreCache;
import dev.braid.store.StoreLocation;
import org.apache.spark.api.java.function.Function;

/** Merges a shard on an executor. */
record MergeShard(StoreLocation store, MergePlan plan) implements Function<Integer, ShardOutcome> {
  @Override
  public ShardOutcome call(Integer shard) {
    return new ShardMerge(StoreCache.at(store).blobs(), plan).merge(shard);
  }
}
