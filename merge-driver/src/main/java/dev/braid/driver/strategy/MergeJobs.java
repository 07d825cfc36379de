package dev.braid.driver.strategy;

import dev.braid.driver.merging.BlendJob;
import dev.braid.driver.merging.MergeJob;
import dev.braid.driver.merging.PamJob;
import dev.braid.store.StoreLocation;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The Spark jobs that strategies merge with.
 *
 * @param unify unifies deltas and keeps a trigger for each task
 * @param average averages a delta into the one model of a line
 * @param blend makes one delta of several
 */
public record MergeJobs(MergeJob unify, PamJob average, BlendJob blend) {
  /** The jobs over a store. */
  public static MergeJobs of(JavaSparkContext spark, StoreLocation location) {
    return new MergeJobs(
        new MergeJob(spark, location), new PamJob(spark, location), new BlendJob(spark, location));
  }
}
