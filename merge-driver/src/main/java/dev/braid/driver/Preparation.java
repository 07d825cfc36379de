package dev.braid.driver;

import dev.braid.driver.Prepared.Failed;
import dev.braid.driver.Prepared.Refused;
import dev.braid.driver.Prepared.Trained;
import dev.braid.driver.PreparedTasks.Attempt;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.strategy.LineStrategy.Pace;
import dev.braid.jobs.source.ChangedSourceException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prepares all waiting tasks of a run for their merges.
 *
 * <p>The tasks are prepared in parallel, each in a thread of the driver; Spark shares the executors
 * among them. Where they are trained in turn, each training waits until the previous task is
 * decided, and everything else is prepared ahead.
 */
final class Preparation {
  /** The most threads: each one mostly waits for Spark, but has a stack. */
  private static final int MOST_THREADS = 32;

  private final InboxReader inboxReader;
  private final TaskPreparation taskPreparation;
  private final Pace pace;
  private final Schedule schedule;

  Preparation(
      InboxReader inboxReader, TaskPreparation taskPreparation, Pace pace, Schedule schedule) {
    this.inboxReader = inboxReader;
    this.taskPreparation = taskPreparation;
    this.pace = pace;
    this.schedule = schedule;
  }

  /** Starts with all tasks that wait for the line with this head; the caller closes the result. */
  PreparedTasks start(Head head, Forced forced) {
    InboxReader.Waiting waiting = inboxReader.waiting(head, forced);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(waiting.requests().size(), MOST_THREADS)));
    Queue<Supplier<Attempt>> attempts = new ArrayDeque<>();
    waiting.unreadable().forEach(refused -> attempts.add(() -> Attempt.of(refused)));
    waiting.requests().forEach(request -> attempts.add(start(request, forced, threads)));
    return new PreparedTasks(attempts, waiting.failed(), threads);
  }

  /**
   * Prepares a task again because the head has moved: a training that starts from the head is
   * repeated, everything else is found by its receipts.
   */
  Attempt again(Prepared task, Forced forced) {
    return task instanceof Trained trained
        ? prepareRepeatedly(trained.request(), forced)
        : Attempt.of(task);
  }

  private Supplier<Attempt> start(Request request, Forced forced, ExecutorService threads) {
    if (pace == Pace.AT_ONCE) {
      CompletableFuture<Attempt> attempt =
          CompletableFuture.supplyAsync(() -> prepareRepeatedly(request, forced), threads);
      return orFailed(request, () -> result(attempt));
    }
    CompletableFuture<Void> ahead = CompletableFuture.runAsync(() -> runAhead(request), threads);
    return orFailed(
        request,
        () -> {
          var unused = result(ahead);
          return prepareRepeatedly(request, forced);
        });
  }

  private void runAhead(Request request) {
    if (!schedule.isOver()) {
      taskPreparation.runAhead(request);
    }
  }

  private static Supplier<Attempt> orFailed(Request request, Supplier<Attempt> attempt) {
    return () -> {
      try {
        return attempt.get();
      } catch (CancellationException e) {
        return Attempt.of(new Failed(request.file(), e));
      } catch (CompletionException e) { // its thread died
        return Attempt.of(failed(request, e.getCause()));
      }
    };
  }

  private static <T> T result(CompletableFuture<T> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Cancelled the run: its thread was interrupted");
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }

  /**
   * Tries again after a failure, so that a transient one does not change the order. A source that
   * changes during all tries is the task's own fault.
   */
  private Attempt prepareRepeatedly(Request request, Forced forced) {
    Attempt attempt = prepare(request, forced);
    int tries = 1;
    while (tries < schedule.attempts() && mayTryAgain(attempt) && hasWaited(tries)) {
      attempt = prepare(request, forced);
      tries++;
    }
    Optional<RuntimeException> change =
        attempt.failed().map(Failed::cause).filter(ChangedSourceException.class::isInstance);
    return change.isPresent() && tries > 1
        ? Attempt.of(Refused.of(request.file(), change.get()))
        : attempt;
  }

  private static boolean mayTryAgain(Attempt attempt) {
    return attempt.failed().isPresent()
        && !Thread.currentThread().isInterrupted()
        && !(attempt.failed().get().cause() instanceof CancellationException);
  }

  /** Waits before the next try; false if the thread is interrupted, or the run's time is over. */
  private boolean hasWaited(int failures) {
    try {
      Thread.sleep(schedule.backoff(failures).toMillis());
      return !schedule.isOver();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Attempt prepare(Request request, Forced forced) {
    if (schedule.isOver()) {
      return Attempt.of(new Failed(request.file(), new PostponedException(request.task())));
    }
    try {
      return new Attempt(taskPreparation.run(request, forced), Optional.empty());
    } catch (RuntimeException e) {
      return Attempt.of(new Failed(request.file(), e));
    } catch (LinkageError | VirtualMachineError e) { // the other tasks' decisions are reported
      return Attempt.of(failed(request, e));
    }
  }

  private static Failed failed(Request request, @Nullable Throwable cause) {
    return new Failed(
        request.file(),
        new IllegalStateException("Cannot prepare %s: %s".formatted(request.task(), cause), cause));
  }
}
