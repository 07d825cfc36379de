package dev.braid.jobs.train;

import dev.braid.jobs.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.api.java.JavaSparkContext;

/** Starts the Spark tasks of training rounds, in Spark's local mode only those that fit. */
final class RoundTasks {
  /*
   * In local mode the driver's JVM is the executor. A round then waits here for its memory, in its
   * thread of the driver, and holds no core. On a cluster only an executor knows its memory, and
   * Spark decides where a task runs, so tasks wait in their executors.
   *
   * The tasks reserve their memory in local mode too: a task of a cancelled job may outlast its
   * round.
   */
  private static final TrainingSlots LOCAL = new TrainingSlots();

  private RoundTasks() {}

  /**
   * Runs the round of every replica and returns the results in order.
   *
   * @throws TrainingMemoryException if a replica does not fit an executor
   * @throws CancellationException if the thread is interrupted; it stays interrupted
   */
  static List<ReplicaTask.Result> run(JavaSparkContext spark, Stage stage, ReplicaTask task) {
    List<Integer> replicas = ReplicaTask.replicas(task.training());
    return spark.isLocal() ? local(stage, replicas, task) : Outcome.map(stage, replicas, task);
  }

  /** Runs as many replicas at once as fit. */
  private static List<ReplicaTask.Result> local(
      Stage stage, List<Integer> replicas, ReplicaTask task) {
    TrainingMemory need = task.need();
    ExecutorMemory executor = ExecutorMemory.ofThisJvm(task.limits());
    int atOnce = Math.max(1, executor.slots(need, replicas.size()));
    List<ReplicaTask.Result> results = new ArrayList<>();
    for (int first = 0; first < replicas.size(); first += atOnce) {
      int end = Math.min(first + atOnce, replicas.size());
      TrainingSlots.Slot slot = slot(need.times(end - first), executor);
      try (slot) {
        results.addAll(Outcome.map(stage, List.copyOf(replicas.subList(first, end)), task));
      }
    }
    return results;
  }

  private static TrainingSlots.Slot slot(TrainingMemory need, ExecutorMemory executor) {
    try {
      return LOCAL.reserve(need, executor);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "Cancelled a training that waited for memory: its thread was interrupted");
    }
  }

  /** How many rounds wait in this driver. */
  static int waiting() {
    return LOCAL.waiting();
  }
}
