/** Sources whose rows Spark reads: Parquet files, lists of picture files, tables of a catalog. */
@NullMarked
package dev.braid.jobs.source.table;

import org.jspecify.annotations.NullMarked;
