/**
 * The merge of one shard: its rows are read, merged and written one after the other, without Spark:
 * callers bring a slot.
 */
@NullMarked
package dev.braid.driver.merging.shard;

import org.jspecify.annotations.NullMarked;
