package dev.braid.jobs;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/** One Spark job over independent units of work. */
public final class Stage {
  private static final String POOL = "spark.scheduler.pool";

  private final JavaSparkContext spark;
  private final String name;

  /** The stage of this name, which its Spark jobs carry. */
  public Stage(JavaSparkContext spark, String name) {
    this.spark = spark;
    this.name = name;
  }

  /** Results in the order of the units, each unit a task of its own. */
  public <U, R> List<R> map(List<U> units, Function<U, R> work) {
    return map(units, units.size(), work);
  }

  /** Results in the order of the units; neighbours share a task. */
  <U, R> List<R> map(List<U> units, int tasks, Function<U, R> work) {
    if (units.isEmpty()) {
      return List.of();
    }
    return collect(
        context -> context.parallelize(units, Math.min(tasks, units.size())).map(work).collect());
  }

  /** What a job of several steps collects. */
  <R> List<R> collect(Function<JavaSparkContext, List<R>> job) {
    // A pool of its own: jobs of several driver threads share the executors fairly.
    spark.setLocalProperty(POOL, name);
    spark.setJobGroup(name, name);
    try {
      return job.call(spark);
    } catch (Exception e) { // Spark throws its checked exception undeclared
      throw translated(e);
    }
  }

  /** What our own code threw in the task, so that the caller may react to it. */
  private RuntimeException translated(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RuntimeException ours
          && ours.getClass().getName().startsWith("dev.braid.")) {
        ours.addSuppressed(failure);
        return ours;
      }
    }
    return new IllegalStateException(
        "Cannot finish %s: %s".formatted(name, failure.getMessage()), failure);
  }
}
