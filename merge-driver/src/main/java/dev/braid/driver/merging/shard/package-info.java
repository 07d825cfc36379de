/**
 * The merge of one shard, without Spark: its rows are read, merged and written one after another,
 * in the thread of the caller.
 */
@NullMarked
package dev.braid.driver.merging.shard;

import org.jspecify.annotations.NullMarked;
