/** Trains one task in Spark stages: rounds over replicas, checkpoints, and the delta. */
@NullMarked
package dev.braid.jobs.train;

import org.jspecify.annotations.NullMarked;
