package dev.braid.jobs.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * One Spark job over independent units of work.
 *
 * <p>What our code throws in a task is thrown to the caller: the same exception with the same
 * sentence, an {@link IOException} inside an {@link UncheckedIOException}.
 */
public final class Stage {
  /** Enough tasks to even out, few enough that neighbours share what one of them has loaded. */
  public static final int TASKS_PER_CORE = 4;

  private static final String POOL = "spark.scheduler.pool";
  private static final String OURS = "dev.braid.";

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
  public <U, R> List<R> map(List<U> units, int tasks, Function<U, R> work) {
    if (units.isEmpty()) {
      return List.of();
    }
    return collect(
        context -> context.parallelize(units, Math.min(tasks, units.size())).map(work).collect());
  }

  /** What a job of several steps collects. */
  public <R> List<R> collect(Function<JavaSparkContext, List<R>> job) {
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
   * Whether an exception says what our own code found wrong: it is of a class of ours, or our code
   * made it of a class of the JDK, so that the top of the stack is a class of ours. The {@link
   * IllegalArgumentException} of a library is a fault of ours, not a refused input. A wrapper has
   * no sentence of its own.
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
