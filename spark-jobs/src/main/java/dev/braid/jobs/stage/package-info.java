/** Runs work on Spark: the session, the device of a task, provenance, results or one failure. */
@NullMarked
package dev.braid.jobs.stage;

import org.jspecify.annotations.NullMarked;
