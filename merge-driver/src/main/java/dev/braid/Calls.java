package dev.braid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;

/** The calls of a {@link Braid} that may use Spark and are in progress now. */
final class Calls {
  private final SharedSpark spark;
  private final List<Call> inProgress = new ArrayList<>(); // guarded by this

  Calls(SharedSpark spark) {
    this.spark = spark;
  }

  /** A call, in progress in its thread until it is closed there. */
  final class Call implements AutoCloseable {
    private final Thread thread = Thread.currentThread();
    private boolean isCancelled; // guarded by Calls.this
    private Optional<String> application = Optional.empty();

    private Call() {}

    /** The Spark context. */
    JavaSparkContext spark() {
      JavaSparkContext context = spark.context();
      application = Optional.of(context.sc().applicationId());
      return context;
    }

    /** Spark's id of the application; empty if this call has not used Spark. */
    Optional<String> application() {
      return application;
    }

    @Override
    public void close() {
      end(this);
    }
  }

  /** Begins a call in this thread. */
  synchronized Call begin() {
    Call call = new Call();
    inProgress.add(call);
    return call;
  }

  /*
   * A thread is interrupted only while its call is in progress, and the interruption ends with the
   * call, which may have been over by then. One that the thread had before is not ours to clear.
   */
  private synchronized void end(Call call) {
    inProgress.remove(call);
    if (call.isCancelled) {
      var unused = Thread.interrupted();
    }
    notifyAll();
  }

  /** Cancels the calls in progress. */
  synchronized void cancel() {
    for (Call call : inProgress) {
      if (!call.thread.isInterrupted()) {
        call.isCancelled = true;
        call.thread.interrupt();
      }
    }
  }

  /** Waits until the calls of other threads have ended, also in an interrupted thread. */
  synchronized void awaitOthers(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean wasInterrupted = Thread.interrupted();
    try {
      long left = patience.toNanos();
      while (left > 0 && hasOthers()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) { // a second time: the caller does not want to wait
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean hasOthers() {
    return inProgress.stream().anyMatch(call -> call.thread != Thread.currentThread());
  }
}
