package dev.braid.jobs.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * One Spark job over independent units of work.
 *
 * <p>An exception that our code throws in a task reaches the caller with its type and message; an
 * {@link IOException} is wrapped in an {@link UncheckedIOException}.
 */
public final class Stage {
  /** Enough tasks to balance the load, few enough that the units of a task share loaded models. */
  public static final int TASKS_PER_CORE = 4;

  private static final String POOL = "spark.scheduler.pool";
  private static final String OURS = "dev.braid.";

  private final JavaSparkContext spark;
  private final String name;

  /** Creates a stage; its Spark jobs have its name. */
  public Stage(JavaSparkContext spark, String name) {
    this.spark = spark;
    this.name = name;
  }

  /** Runs each unit in its own task; results are in the order of the units. */
  public <U, R> List<R> map(List<U> units, Function<U, R> work) {
    return map(units, units.size(), work);
  }

  /** Runs adjacent units in shared tasks; results are in the order of the units. */
  public <U, R> List<R> map(List<U> units, int tasks, Function<U, R> work) {
    if (units.isEmpty()) {
      return List.of();
    }
    return collect(
        context -> context.parallelize(units, Math.min(tasks, units.size())).map(work).collect());
  }

  /** Runs a job of several steps and returns what it collects. */
  public <R> List<R> collect(Function<JavaSparkContext, List<R>> job) {
    // A pool per stage: jobs of several driver threads share the executors fairly.
    spark.setLocalProperty(POOL, name);
    spark.setJobGroup(name, name);
    try {
      return job.call(spark);
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      throw translated(e);
    }
  }

  /** Unwraps the exception that our code threw in the task, so that the caller can react to it. */
  private RuntimeException translated(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isOurs(cause)) {
        if (cause != failure) {
          cause.addSuppressed(failure);
        }
        if (cause instanceof RuntimeException unchecked) {
          return unchecked;
        }
        if (cause instanceof IOException checked) {
          return new UncheckedIOException(checked.getMessage(), checked);
        }
      }
    }
    return new IllegalStateException(
        "Cannot finish %s: %s".formatted(name, failure.getMessage()), failure);
  }

  /**
   * Whether our own code raised an exception: its class is ours, or our code created it from a
   * class of the JDK, so that the top stack frame is ours. A library's {@link
   * IllegalArgumentException} is a bug of ours, not refused input. A wrapper that only repeats its
   * cause is not ours.
   */
  public static boolean isOurs(Throwable cause) {
    if (cause.getCause() != null && cause.getCause().toString().equals(cause.getMessage())) {
      return false;
    }
    StackTraceElement[] stack = cause.getStackTrace();
    return cause.getClass().getName().startsWith(OURS)
        || (stack.length > 0 && stack[0].getClassName().startsWith(OURS));
  }
}
