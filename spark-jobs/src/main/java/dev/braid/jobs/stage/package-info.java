/** Work that is handed to Spark, and what comes back of it: results or one clear failure. */
@NullMarked
package dev.braid.jobs.stage;

import org.jspecify.annotations.NullMarked;
