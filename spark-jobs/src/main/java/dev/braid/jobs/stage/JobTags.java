package dev.braid.jobs.stage;

import dev.braid.model.LineId;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Tags of the Spark jobs that this thread starts, and the threads that it creates meanwhile, until
 * they are removed. Spark cancels jobs by their tags.
 */
public final class JobTags {
  /*
   * A library may swallow the interruption of a thread, which then goes on to its next stage; a
   * stage therefore also asks whether one of its tags is cancelled. The newest ones suffice.
   */
  private static final int MOST_CANCELLED = 1000;
  private static final Set<String> CANCELLED =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > MOST_CANCELLED;
                }
              }));

  private final JavaSparkContext spark;
  private final List<String> added;

  private JobTags(JavaSparkContext spark, List<String> added) {
    this.spark = spark;
    this.added = added;
  }

  /** The tag of all jobs of a line. */
  public static String ofLine(LineId line) {
    return "braid-line-" + line;
  }

  /** Adds tags to those that the thread has already. */
  public static JobTags add(JavaSparkContext spark, String... tags) {
    Set<String> before = spark.getJobTags();
    List<String> added = Arrays.stream(tags).filter(tag -> !before.contains(tag)).toList();
    added.forEach(spark::addJobTag);
    return new JobTags(spark, added);
  }

  /** Cancels the Spark jobs with this tag, now and for ever. */
  public static void cancel(JavaSparkContext spark, String tag) {
    CANCELLED.add(tag);
    cancelNow(spark, tag);
  }

  /** Cancels the Spark jobs with this tag that there are now; a stopped context has none. */
  static void cancelNow(JavaSparkContext spark, String tag) {
    try {
      spark.cancelJobsWithTag(tag);
    } catch (IllegalStateException e) {
      if (!spark.sc().isStopped()) {
        throw e;
      }
    }
  }

  /** Whether a tag of this thread is cancelled. */
  static boolean areCancelled(JavaSparkContext spark) {
    return spark.getJobTags().stream().anyMatch(CANCELLED::contains);
  }

  /** Takes the tags from the thread that added them. */
  public void remove() {
    added.forEach(spark::removeJobTag);
  }
}
