package dev.braid.jobs.stage;

import dev.braid.vlm.tensor.TorchThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.spark.TaskContext;

/**
 * The check that a task's libtorch computes with as many threads as the driver requests. In a Spark
 * that another program opened, nobody else compares them.
 */
final class PromisedThreads {
  /** Carries the driver's Java options to the tasks of a stage. */
  static final String PROPERTY = "braid.torch.threads";

  private PromisedThreads() {}

  /** What the driver requests, as the property's value. */
  static String promise() {
    return TorchThreads.requested().options();
  }

  /**
   * Checks this thread's task, if it has one and its stage carries a promise.
   *
   * @throws IllegalStateException if the numbers differ; the message says what to do
   */
  static void check() {
    TaskContext task = TaskContext.get();
    String promise = task == null ? null : task.getLocalProperty(PROPERTY);
    if (promise != null) {
      check(promise, TorchThreads.actual());
    }
  }

  private static void check(String promise, TorchThreads actual) {
    if (!actual.options().equals(promise)) {
      throw new IllegalStateException(
          "Cannot compute on %s: libtorch uses the threads of %s there, but the driver's are %s, and the bits depend on them; give these options to both JVMs (to executors in spark.executor.extraJavaOptions), and let nothing load libtorch before them"
              .formatted(host(), actual.options(), promise));
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) { // a host may be unable to resolve its own name
      return "an executor";
    }
  }
}
