package dev.braid.serving.batch;

import dev.braid.inference.classify.PictureClassifier;
import dev.braid.inference.classify.Prediction;
import dev.braid.serving.metrics.ServerMetrics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers the pictures of many requests with few threads.
 *
 * <p>Pictures for the same classifier that arrive within a few milliseconds are answered together,
 * so that an expert is loaded once for all of them. A picture whose request has ended meanwhile is
 * left out.
 */
public final class Batcher implements AutoCloseable {
  private static final long CLOSING_MILLIS = 10_000;

  /** A picture that waits. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Ticket(
      byte[] picture,
      CompletableFuture<Prediction> answer,
      CompletableFuture<?> request,
      long arrived) {}

  private record Batch(PictureClassifier classifier, List<Ticket> tickets) {}

  private final Batching settings;
  private final ServerMetrics metrics;
  private final Map<PictureClassifier, Deque<Ticket>> waiting =
      new LinkedHashMap<>(); // guarded by this
  private final List<Thread> workers = new ArrayList<>();
  private boolean isClosed; // guarded by this

  private Batcher(Batching settings, ServerMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  /** Starts the workers. */
  public static Batcher start(Batching settings, ServerMetrics metrics) {
    Batcher batcher = new Batcher(settings, metrics);
    for (int i = 0; i < settings.workers(); i++) {
      Thread worker = new Thread(batcher::work, "braid-serve-answer-" + i);
      worker.setDaemon(true);
      worker.start();
      batcher.workers.add(worker);
    }
    return batcher;
  }

  /**
   * Has the pictures of a request answered.
   *
   * @return the predictions in order; whoever completes it first spares the pictures that still
   *     wait
   */
  public CompletableFuture<List<Prediction>> submit(
      PictureClassifier classifier, List<byte[]> pictures) {
    CompletableFuture<List<Prediction>> request = new CompletableFuture<>();
    long now = System.nanoTime();
    List<Ticket> tickets =
        pictures.stream()
            .map(picture -> new Ticket(picture, new CompletableFuture<>(), request, now))
            .toList();
    var unused =
        CompletableFuture.allOf(
                tickets.stream().map(Ticket::answer).toArray(CompletableFuture[]::new))
            .whenComplete((done, failure) -> complete(request, tickets, failure));
    add(classifier, tickets);
    return request;
  }

  private static void complete(
      CompletableFuture<List<Prediction>> request,
      List<Ticket> tickets,
      @Nullable Throwable failure) {
    if (failure == null) {
      request.complete(tickets.stream().map(ticket -> ticket.answer().join()).toList());
    } else {
      request.completeExceptionally(failure);
    }
  }

  private synchronized void add(PictureClassifier classifier, List<Ticket> tickets) {
    if (isClosed) {
      tickets.forEach(Batcher::cancel);
      return;
    }
    waiting.computeIfAbsent(classifier, missing -> new ArrayDeque<>()).addAll(tickets);
    notifyAll();
  }

  private static void cancel(Ticket ticket) {
    ticket.answer().completeExceptionally(new CancellationException("the server is closing"));
  }

  /** The number of pictures that wait. */
  public synchronized int waiting() {
    return waiting.values().stream().mapToInt(Deque::size).sum();
  }

  private void work() {
    try {
      for (Optional<Batch> batch = next(); batch.isPresent(); batch = next()) {
        answer(batch.orElseThrow());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server is closing
    }
  }

  /** Waits for a batch; none if the server closes. */
  private synchronized Optional<Batch> next() throws InterruptedException {
    while (!isClosed) {
      long soonest = Long.MAX_VALUE;
      Iterator<Map.Entry<PictureClassifier, Deque<Ticket>>> all = waiting.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<PictureClassifier, Deque<Ticket>> entry = all.next();
        long left = nanosLeft(entry.getValue());
        if (left <= 0) {
          all.remove();
          return Optional.of(take(entry.getKey(), entry.getValue()));
        }
        soonest = Math.min(soonest, left);
      }
      if (soonest == Long.MAX_VALUE) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, soonest);
      }
    }
    return Optional.empty();
  }

  /** How long these pictures may still wait for others. */
  private long nanosLeft(Deque<Ticket> tickets) {
    return tickets.size() >= settings.pictures()
        ? 0
        : settings.longestWait().toNanos() - (System.nanoTime() - tickets.getFirst().arrived());
  }

  /** Takes as many as are answered at once; the others wait behind those of other classifiers. */
  private Batch take(PictureClassifier classifier, Deque<Ticket> tickets) {
    List<Ticket> batch = new ArrayList<>();
    while (!tickets.isEmpty() && batch.size() < settings.pictures()) {
      batch.add(tickets.removeFirst());
    }
    if (!tickets.isEmpty()) {
      waiting.put(classifier, tickets);
      notifyAll();
    }
    return new Batch(classifier, batch);
  }

  private void answer(Batch batch) {
    List<Ticket> tickets =
        batch.tickets().stream().filter(ticket -> !ticket.request().isDone()).toList();
    if (tickets.isEmpty()) {
      return;
    }
    try {
      List<Prediction> predictions =
          batch.classifier().classify(tickets.stream().map(Ticket::picture).toList());
      metrics.batch(tickets.size());
      for (int i = 0; i < predictions.size(); i++) {
        tickets.get(i).answer().complete(predictions.get(i));
      }
    } catch (Throwable e) { // an Error too, such as no memory: the requests must end
      tickets.forEach(ticket -> ticket.answer().completeExceptionally(e));
    }
  }

  /** Ends the workers after their current batches; pictures that wait are cancelled. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      waiting.values().forEach(tickets -> tickets.forEach(Batcher::cancel));
      waiting.clear();
      notifyAll();
    }
    try {
      for (Thread worker : workers) {
        worker.join(CLOSING_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
