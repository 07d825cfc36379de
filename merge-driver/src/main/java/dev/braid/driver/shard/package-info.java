/**
 * The merge of one shard: its rows are read, merged and written one after the other. No Spark here:
 * whoever has a slot calls it.
 */
@NullMarked
package dev.braid.driver.shard;

import org.jspecify.annotations.NullMarked;
