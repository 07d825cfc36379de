/** Training of one task as Spark stages: rounds over replicas, checkpoints, the delta. */
@NullMarked
package dev.braid.jobs.train;

import org.jspecify.annotations.NullMarked;
