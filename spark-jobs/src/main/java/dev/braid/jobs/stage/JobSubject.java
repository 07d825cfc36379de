package dev.braid.jobs.stage;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The task that a thread works for, so that its Spark jobs can name it. A property of the thread in
 * Spark, which the threads that it creates inherit.
 */
public final class JobSubject {
  private static final String PROPERTY = "braid.task";

  private JobSubject() {}

  /** Names the task; null if the thread works for none. */
  public static void set(JavaSparkContext spark, @Nullable String task) {
    spark.setLocalProperty(PROPERTY, task);
  }

  /** The task's name, if the thread works for one. */
  public static Optional<String> of(JavaSparkContext spark) {
    return Optional.ofNullable(spark.getLocalProperty(PROPERTY));
  }

  /** " for " and the task's name; empty if the thread works for none. */
  public static String suffix(JavaSparkContext spark) {
    return of(spark).map(" for "::concat).orElse("");
  }
}
