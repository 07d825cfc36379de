package dev.braid.bench.stream;

import dev.braid.driver.merging.Reconstruction;
import dev.braid.driver.merging.ReconstructionJob;
import dev.braid.driver.strategy.StreamContext;
import dev.braid.driver.strategy.StreamJobs;
import dev.braid.driver.strategy.StreamTask;
import dev.braid.model.Check;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.model.figures.MergeHealth;
import dev.braid.model.record.DatasetRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaSparkContext;

/** The tasks of a stream, to be learned in any order and with any seed. */
public final class StreamLab {
  private final StreamJobs jobs;
  private final ReconstructionJob reconstruction;
  private final Map<TaskId, StreamTask> tasks = new LinkedHashMap<>();

  /** A lab over the store of the jobs. */
  public StreamLab(JavaSparkContext spark, StreamJobs jobs, List<StreamTask> tasks) {
    this.jobs = jobs;
    this.reconstruction = new ReconstructionJob(spark, jobs.store().location());
    tasks.forEach(task -> this.tasks.put(task.task(), task));
  }

  /**
   * The tasks in an order.
   *
   * @throws IllegalArgumentException if it names a task that the stream does not have
   */
  public StreamContext context(List<TaskId> order, long seed) {
    return new StreamContext(
        jobs, order.stream().map(this::task).map(task -> task.withSeed(seed)).toList());
  }

  private StreamTask task(TaskId name) {
    StreamTask task = tasks.get(name);
    Check.argument(task != null, "Unknown task in an order: %s (%s)", name, tasks.keySet());
    return Objects.requireNonNull(task);
  }

  /** The number of a task's pictures in each split. */
  public DatasetRecord.Rows rows(StreamTask task) {
    return jobs.store().records().dataset(task.dataset()).rows();
  }

  /** The health of the merge that produced a model. */
  public MergeHealth health(Digest model) {
    return jobs.merges().unify().health(jobs.store().records().model(model));
  }

  /** The distances between a model's decoupled deltas and its tasks' own deltas. */
  public List<Reconstruction> reconstructions(Digest model) {
    return reconstruction.run(model);
  }
}
