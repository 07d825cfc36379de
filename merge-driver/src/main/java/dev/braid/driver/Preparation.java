package dev.braid.driver;

import dev.braid.driver.Prepared.Failed;
import dev.braid.driver.Prepared.Refused;
import dev.braid.driver.Prepared.Trained;
import dev.braid.jobs.PrototypeJob;
import dev.braid.jobs.dataset.DatasetRecord;
import dev.braid.jobs.dataset.DatasetRecordParser;
import dev.braid.jobs.dataset.RefusedDatasetException;
import dev.braid.model.Digest;
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

/**
 * All that a task needs before its turn to be merged: data set, expert, prototypes.
 *
 * <p>The tasks of one run know nothing of each other, so they are prepared at the same time, each
 * by a thread of the driver; Spark shares the executors among them.
 */
final class Preparation {
  /** More wait for their turn: a thread does little but wait for Spark, yet it has a stack. */
  private static final int MOST_AT_ONCE = 32;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ModelStore store;
  private final Ingest ingest;
  private final Train train;
  private final PrototypeJob prototypes;

  Preparation(ModelStore store, Ingest ingest, Train train, PrototypeJob prototypes) {
    this.store = store;
    this.ingest = ingest;
    this.train = train;
    this.prototypes = prototypes;
  }

  /** Starts with all requests, some dozens at once; the caller closes the line it gets. */
  Waiting start(List<Request> requests) {
    return new Waiting(requests);
  }

  /** Tried twice: a fault that passes shall not change the order of merging. */
  private Prepared prepareTwice(Request request) {
    Prepared prepared = prepare(request);
    boolean again = prepared instanceof Failed && !Thread.currentThread().isInterrupted();
    return again ? prepare(request) : prepared;
  }

  private Prepared prepare(Request request) {
    try {
      Digest dataset = ingest.run(request);
      DatasetRecord content = DatasetRecordParser.load(dataset, store.objects());
      Digest delta = train.run(request, dataset);
      Digest vectors = prototypes.run(request.task(), dataset, request.templates());
      return new Trained(request, dataset, content, delta, vectors);
    } catch (RefusedDatasetException | TrainingDivergedException e) {
      return Refused.of(request.file(), e);
    } catch (RuntimeException e) { // a file system, an executor, a library: nothing of the task
      return new Failed(request.file(), e);
    }
  }

  /** Tasks in the order of merging, each waited for when it is asked for. */
  final class Waiting implements AutoCloseable {
    private final ExecutorService threads;
    private final Queue<CompletableFuture<Prepared>> tasks = new ArrayDeque<>();

    private Waiting(List<Request> requests) {
      this.threads =
          Executors.newFixedThreadPool(Math.max(1, Math.min(requests.size(), MOST_AT_ONCE)));
      for (Request request : requests) {
        tasks.add(CompletableFuture.supplyAsync(() -> prepareTwice(request), threads));
      }
    }

    boolean hasNext() {
      return !tasks.isEmpty();
    }

    Prepared next() {
      return tasks.remove().join();
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
