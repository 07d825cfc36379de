package dev.braid.store.vector;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Opens and finishes shards in a few threads of the process while their callers go on. */
final class Background {
  /*
   * The work mostly waits for a disk, so there are more threads than cores. No work here waits for
   * other work here, so a full pool delays work but cannot block it. Idle threads end, and being
   * daemons they keep no process alive.
   */
  static final int THREADS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

  private static final int IDLE_SECONDS = 10;
  private static final ExecutorService POOL = pool();

  private Background() {}

  private static ExecutorService pool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Background::thread);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "braid-store");
    thread.setDaemon(true);
    // else it would keep the class loader of the caller that happened to need a thread
    thread.setContextClassLoader(Background.class.getClassLoader());
    return thread;
  }

  /** Starts the work, at once or when a thread is free. */
  static <T> CompletableFuture<T> start(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, POOL);
  }

  /** Returns when all work has ended, successfully or not. */
  static <T> void await(Collection<CompletableFuture<T>> works) {
    works.forEach(work -> work.handle((result, failure) -> result).join());
  }

  /** The result of the work when it has ended, or the exception that ended it. */
  static <T> T result(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) { // such as no memory
        throw error;
      }
      throw e.getCause() instanceof RuntimeException reason ? reason : e;
    }
  }
}
