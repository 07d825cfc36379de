package dev.braid.driver;

import dev.braid.driver.Prepared.AlreadyDecided;
import dev.braid.driver.Prepared.Failed;
import dev.braid.driver.Prepared.Refused;
import dev.braid.driver.Prepared.Trained;
import dev.braid.driver.line.Forced;
import dev.braid.driver.line.Line;
import dev.braid.driver.line.Line.Head;
import dev.braid.driver.merging.LineStrategy.Pace;
import dev.braid.jobs.encode.PrototypeJob;
import dev.braid.jobs.source.RefusedDatasetException;
import dev.braid.model.Digest;
import dev.braid.model.record.DatasetRecord;
import dev.braid.store.ModelStore;
import dev.braid.vlm.train.TrainingDivergedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * All that a task needs before its turn to be merged: data set, expert, prototypes.
 *
 * <p>The tasks of one run are prepared at the same time, each by a thread of the driver; Spark
 * shares the executors among them. Where they are trained in turn, each waits for the one before to
 * be merged, and all else is prepared ahead.
 */
final class Preparation {
  /** More wait for their turn: a thread does little but wait for Spark, yet it has a stack. */
  private static final int MOST_AT_ONCE = 32;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ModelStore store;
  private final Line line;
  private final Ingest ingest;
  private final Train train;
  private final PrototypeJob prototypes;
  private final Pace pace;

  Preparation(
      ModelStore store, Line line, Ingest ingest, Train train, PrototypeJob prototypes, Pace pace) {
    this.store = store;
    this.line = line;
    this.ingest = ingest;
    this.train = train;
    this.prototypes = prototypes;
    this.pace = pace;
  }

  /** Starts with all requests, some dozens at once; the caller closes the line it gets. */
  Waiting start(List<Request> requests, Forced forced) {
    return new Waiting(requests, forced);
  }

  /** Tried twice: a fault that passes shall not change the order of merging. */
  private Prepared prepareTwice(Request request, Forced forced) {
    Prepared prepared = prepare(request, forced);
    boolean again = prepared instanceof Failed && !Thread.currentThread().isInterrupted();
    return again ? prepare(request, forced) : prepared;
  }

  private Prepared prepare(Request request, Forced forced) {
    try {
      Head head = line.head();
      if (head.decided(forced).contains(request.file().file())) {
        return new AlreadyDecided(request.file());
      }
      Digest dataset = ingest.run(request);
      DatasetRecord content = store.records().dataset(dataset);
      Train.Result trained = train.run(head.model(), request, dataset);
      Digest vectors = prototypes.run(request.task(), dataset, request.templates());
      return new Trained(request, dataset, content, trained.start(), trained.delta(), vectors);
    } catch (RefusedDatasetException | TrainingDivergedException e) {
      return Refused.of(request.file(), e);
    } catch (RuntimeException e) { // a file system, an executor, a library: nothing of the task
      return new Failed(request.file(), e);
    }
  }

  /** What needs no head, for its receipts; a fault is met again when it is the task's turn. */
  private void prepareAhead(Request request) {
    try {
      var unused = prototypes.run(request.task(), ingest.run(request), request.templates());
    } catch (RuntimeException metAgain) { // by prepare, which says what to do about it
      return;
    }
  }

  /** Tasks in the order of merging, each waited for when it is asked for. */
  final class Waiting implements AutoCloseable {
    private final ExecutorService threads;
    private final Queue<Supplier<Prepared>> tasks = new ArrayDeque<>();

    private Waiting(List<Request> requests, Forced forced) {
      this.threads =
          Executors.newFixedThreadPool(Math.max(1, Math.min(requests.size(), MOST_AT_ONCE)));
      requests.forEach(request -> tasks.add(begun(request, forced)));
    }

    private Supplier<Prepared> begun(Request request, Forced forced) {
      if (pace == Pace.AT_ONCE) {
        return CompletableFuture.supplyAsync(() -> prepareTwice(request, forced), threads)::join;
      }
      CompletableFuture<Void> ahead =
          CompletableFuture.runAsync(() -> prepareAhead(request), threads);
      return () -> {
        ahead.join();
        return prepareTwice(request, forced);
      };
    }

    boolean hasNext() {
      return !tasks.isEmpty();
    }

    Prepared next() {
      return tasks.remove().get();
    }

    /**
     * Stops what still runs, and gives it a moment to end; what was begun is in the store, where
     * the next run finds it.
     */
    @Override
    public void close() {
      threads.shutdownNow();
      try {
        var unused = threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // whoever interrupts wants no more waiting
      }
    }
  }
}
