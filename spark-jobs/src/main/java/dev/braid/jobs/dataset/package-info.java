/** Listed pictures in, content-addressed Parquet data sets out, and rows back to executors. */
@NullMarked
package dev.braid.jobs.dataset;

import org.jspecify.annotations.NullMarked;
