package dev.braid.driver;

import dev.braid.driver.Prepared.Failed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The tasks of a run that can be decided, in the order of merging; the iterator waits for each one.
 */
final class PreparedTasks implements Iterable<Prepared>, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Queue<Supplier<Attempt>> attempts;
  private final List<Failed> failed;
  private final ExecutorService threads;

  /**
   * The tasks.
   *
   * @param failed tasks that failed already
   * @param threads that prepare them
   */
  PreparedTasks(Queue<Supplier<Attempt>> attempts, List<Failed> failed, ExecutorService threads) {
    this.attempts = attempts;
    this.failed = new ArrayList<>(failed);
    this.threads = threads;
  }

  /** The result of preparing a task: neither where another run has decided it. */
  record Attempt(Optional<Prepared> prepared, Optional<Failed> failed) {
    static Attempt of(Prepared prepared) {
      return new Attempt(Optional.of(prepared), Optional.empty());
    }

    static Attempt of(Failed failed) {
      return new Attempt(Optional.empty(), Optional.of(failed));
    }
  }

  /** The tasks that failed so far. */
  List<Failed> failed() {
    return List.copyOf(failed);
  }

  /** Leaves a task undecided. */
  void fail(Failed task) {
    failed.add(task);
  }

  /** Ends the iteration with a task whose decision failed. */
  void stop(Failed task) {
    fail(task);
    attempts.clear();
  }

  @Override
  public Iterator<Prepared> iterator() {
    return new Iterator<>() {
      private Optional<Prepared> next = Optional.empty();

      @Override
      public boolean hasNext() {
        while (next.isEmpty() && !attempts.isEmpty()) {
          Attempt attempt = attempts.remove().get();
          attempt.failed().ifPresent(PreparedTasks.this::fail);
          next = attempt.prepared();
        }
        return next.isPresent();
      }

      @Override
      public Prepared next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no task is left");
        }
        Prepared task = next.orElseThrow();
        next = Optional.empty();
        return task;
      }
    };
  }

  /**
   * Cancels running preparations and gives them a moment to end, also in an interrupted thread; the
   * next run finds in the store what they have finished.
   */
  @Override
  public void close() {
    threads.shutdownNow();
    boolean wasInterrupted = Thread.interrupted();
    try {
      var unused = threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) { // a second time: the caller does not want to wait
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
