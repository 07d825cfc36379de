package dev.braid.store.vector;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Work that a thread of its own does while the caller goes on. */
final class Background {
  private Background() {}

  /** Starts the work. */
  static <T> CompletableFuture<T> start(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Background::inThread);
  }

  private static void inThread(Runnable work) {
    Thread thread = new Thread(work, "braid-store");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns when all work is done, whatever came of it. */
  static <T> void await(Collection<CompletableFuture<T>> works) {
    works.forEach(work -> work.handle((result, failure) -> result).join());
  }

  /** What came of the work, or the exception that ended it, when it is done. */
  static <T> T result(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) { // such as no memory: nothing of ours
        throw error;
      }
      throw e.getCause() instanceof RuntimeException reason ? reason : e;
    }
  }
}
