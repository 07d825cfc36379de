/**
 * Work that is handed to Spark: its session, its device, its provenance, its results or one
 * failure.
 */
@NullMarked
package dev.braid.jobs.stage;

import org.jspecify.annotations.NullMarked;
