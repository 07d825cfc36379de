package dev.braid.jobs.stage;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * What Spark knows about the jobs of a stage. The thread belongs to the program that called Braid,
 * so its own properties are restored afterwards.
 */
final class JobProperties {
  private static final String POOL = "spark.scheduler.pool";
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  /** The name of the stages in Spark's UI, which otherwise is our line of code. */
  private static final String CALL_SITE = "callSite.short";

  /** Cancelling a job then interrupts the threads of its tasks. Spark's default is not to. */
  private static final String INTERRUPT = "spark.job.interruptOnCancel";

  private final JavaSparkContext spark;
  private final List<Property> before;

  private record Property(String key, @Nullable String value) {
    static Property of(JavaSparkContext spark, String key) {
      return new Property(key, spark.getLocalProperty(key));
    }

    void set(JavaSparkContext spark) {
      spark.setLocalProperty(key, value);
    }
  }

  /**
   * Sets the properties of this thread.
   *
   * @param description names the work in words, with details after a comma. The job group is what
   *     stands before the comma, unless the program chose one for the thread.
   * @param pool the FAIR scheduler's pool, unless the program chose one for the thread
   * @param interruptsTasks whether cancelling a job interrupts its tasks; otherwise as the program
   *     chose for the thread
   */
  JobProperties(JavaSparkContext spark, String description, String pool, boolean interruptsTasks) {
    this.spark = spark;
    this.before =
        List.of(
            Property.of(spark, POOL),
            Property.of(spark, GROUP),
            Property.of(spark, DESCRIPTION),
            Property.of(spark, CALL_SITE),
            Property.of(spark, INTERRUPT),
            Property.of(spark, PromisedThreads.PROPERTY));
    if (spark.getLocalProperty(POOL) == null) {
      spark.setLocalProperty(POOL, pool);
    }
    if (spark.getLocalProperty(GROUP) == null) {
      spark.setLocalProperty(GROUP, description.split(", ", 2)[0]);
    }
    spark.setLocalProperty(DESCRIPTION, description);
    spark.setLocalProperty(CALL_SITE, description);
    if (interruptsTasks) {
      spark.setLocalProperty(INTERRUPT, "true");
    }
    spark.setLocalProperty(PromisedThreads.PROPERTY, PromisedThreads.promise());
  }

  void restore() {
    before.forEach(property -> property.set(spark));
  }
}
