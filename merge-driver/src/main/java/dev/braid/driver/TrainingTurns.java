package dev.braid.driver;

import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Lets the tasks of a run train, so many at once, in the order of merging. */
final class TrainingTurns {
  private static final long LOOK_AGAIN_MILLIS = 1000; // the limit and the time may have changed

  private final IntSupplier limit;
  private final BooleanSupplier isOver;
  private final TreeSet<Request> waiting = new TreeSet<>(Scheduler.MERGE_ORDER); // guarded by this
  private int training; // guarded by this

  /**
   * Turns of a run.
   *
   * @param limit how many tasks may train at once now
   * @param isOver whether no training may begin any more
   */
  TrainingTurns(IntSupplier limit, BooleanSupplier isOver) {
    this.limit = limit;
    this.isOver = isOver;
  }

  /** A task's turn, until it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for a task's turn.
   *
   * @throws PostponedException if the time is over
   * @throws CancellationException if the thread is interrupted; it stays interrupted
   */
  synchronized Turn await(Request request) {
    waiting.add(request);
    try {
      while (!isOver.getAsBoolean() && !isNext(request)) {
        wait(LOOK_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(
          "Cancelled %s, which waited to train: its thread was interrupted"
              .formatted(request.task()));
    } finally {
      waiting.remove(request);
      notifyAll();
    }
    if (isOver.getAsBoolean()) {
      throw new PostponedException(request.task());
    }
    training++;
    return this::end;
  }

  private boolean isNext(Request request) {
    return training < limit.getAsInt() && waiting.first().equals(request);
  }

  private synchronized void end() {
    training--;
    notifyAll();
  }

  /** How many tasks wait. */
  synchronized int waiting() {
    return waiting.size();
  }

  /** How many tasks train. */
  synchronized int training() {
    return training;
  }
}
