package dev.braid.driver;

import dev.braid.jobs.stage.JobSubject;
import dev.braid.jobs.stage.JobTags;
import dev.braid.model.LineId;
import dev.braid.model.TaskId;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The Spark jobs of one run, tagged by run and line; those that still run at its end are cancelled.
 */
final class RunJobs {
  private static final String RUN = "braid-run-";
  private static final String TASK = "braid-task-";

  private final JavaSparkContext spark;
  private final String run;
  private final JobTags tags;

  private RunJobs(JavaSparkContext spark, String run, LineId line) {
    this.spark = spark;
    this.run = run;
    this.tags = JobTags.add(spark, run, JobTags.ofLine(line));
  }

  /** Tags what this thread, and the threads that it creates meanwhile, let Spark do. */
  static RunJobs begin(JavaSparkContext spark, LineId line) {
    return new RunJobs(spark, RUN + UUID.randomUUID(), line);
  }

  /** Also tags, and names, what this thread lets Spark do for one task. */
  static OfTask ofTask(JavaSparkContext spark, TaskId task) {
    JobTags tags = JobTags.add(spark, TASK + task);
    JobSubject.set(spark, task.name());
    return new OfTask(spark, tags);
  }

  /** What a thread lets Spark do for one task. */
  record OfTask(JavaSparkContext spark, JobTags tags) {
    /** Takes the tag and the name from the thread. */
    void end() {
      JobSubject.set(spark, null);
      tags.remove();
    }
  }

  /** Cancels what still runs, and what its threads would start. */
  void cancel() {
    JobTags.cancel(spark, run);
  }

  /** Takes the tags from the thread that began it. */
  void end() {
    tags.remove();
  }
}
