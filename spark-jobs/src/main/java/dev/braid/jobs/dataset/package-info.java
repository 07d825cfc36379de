/** Ingests pictures into content-addressed Parquet data sets and reads their rows. */
@NullMarked
package dev.braid.jobs.dataset;

import org.jspecify.annotations.NullMarked;
