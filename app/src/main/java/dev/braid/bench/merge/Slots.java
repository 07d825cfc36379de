package dev.braid.bench.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** A fixed number of threads that process pieces of work. */
final class Slots implements AutoCloseable {
  private final ExecutorService threads;

  Slots(int threads) {
    this.threads = Executors.newFixedThreadPool(threads);
  }

  /** The results of the pieces, in order. */
  <P, R> List<R> map(List<P> pieces, Function<P, R> work) {
    List<Future<R>> futures =
        pieces.stream().map(piece -> threads.submit(() -> work.apply(piece))).toList();
    List<R> results = new ArrayList<>();
    try {
      for (Future<R> future : futures) {
        results.add(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot continue: interrupted", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
    return results;
  }

  /** The sum of the pieces' measured seconds, divided by the number of threads. */
  static double shared(List<Double> seconds, int threads) {
    return seconds.stream().mapToDouble(Double::doubleValue).sum() / threads;
  }

  /** The seconds that work takes. */
  static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
