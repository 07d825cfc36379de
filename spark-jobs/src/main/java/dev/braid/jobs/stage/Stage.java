package dev.braid.jobs.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.apache.spark.SparkThrowable;
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

  /*
   * Two pools of Spark's FAIR scheduler: the rounds of trainings, which are long, share the
   * executors fairly with everything else. Within a pool jobs run in the order of their start, so
   * concurrent trainings take turns round by round. Spark never removes a pool: their number is
   * fixed.
   */
  private static final String POOL = "braid";
  private static final String TRAINING_POOL = "braid-train";

  private static final String OURS = "dev.braid.";
  private static final String CANCELLED = "SPARK_JOB_CANCELLED"; // Spark's error condition

  private final JavaSparkContext spark;
  private final String name;
  private final String pool;

  /**
   * Creates a stage.
   *
   * @param name what it does, in words: its Spark jobs and stages are shown under this name. The
   *     first word tags them; details stand after a comma.
   */
  public Stage(JavaSparkContext spark, String name) {
    this(spark, name, POOL);
  }

  private Stage(JavaSparkContext spark, String name, String pool) {
    this.spark = spark;
    this.name = name;
    this.pool = pool;
  }

  /**
   * A stage whose tasks train, and are interrupted if it is cancelled.
   *
   * @param name as of the constructor
   */
  public static Stage ofTraining(JavaSparkContext spark, String name) {
    return new Stage(spark, name, TRAINING_POOL);
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

  /**
   * Runs a job of several steps and returns what it collects.
   *
   * <p>Where its tasks do not train, those of a cancelled job may work on for the unit at hand.
   *
   * @throws CancellationException if the thread is interrupted, which cancels the job and leaves
   *     the thread interrupted; or if the job, or one of the thread's tags, is cancelled
   */
  public <R> List<R> collect(Function<JavaSparkContext, List<R>> job) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted();
    } else if (JobTags.areCancelled(spark)) {
      throw new CancellationException("Cancelled %s: its run has ended".formatted(name));
    }
    String tag = "braid-job-" + UUID.randomUUID();
    JobTags tags = JobTags.add(spark, tag, "braid-stage-" + kind());
    JobProperties properties = new JobProperties(spark, name, pool, pool.equals(TRAINING_POOL));
    try {
      return job.call(spark);
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
        Thread.currentThread().interrupt();
        JobTags.cancelNow(spark, tag);
        throw interrupted();
      }
      throw translated(e);
    } finally {
      properties.restore();
      tags.remove();
    }
  }

  /** The first word of its name. */
  private String kind() {
    return name.split(" ", 2)[0];
  }

  private CancellationException interrupted() {
    return new CancellationException("Cancelled %s: its thread was interrupted".formatted(name));
  }

  /** Unwraps the exception that our code threw in the task, so that the caller can react to it. */
  private RuntimeException translated(Exception failure) {
    if (failure instanceof SparkThrowable spark && CANCELLED.equals(spark.getCondition())) {
      return new CancellationException("Cancelled %s: %s".formatted(name, failure.getMessage()));
    }
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
