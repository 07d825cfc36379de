package dev.braid.store.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class BackgroundTest {
  @Test
  void start_ofMoreWorkThanThreads_runsAllWithoutMoreThreads() throws InterruptedException {
    CountDownLatch full = new CountDownLatch(Background.THREADS);
    CountDownLatch gate = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Integer>> works = new ArrayList<>();
    for (int i = 0; i < 2 * Background.THREADS; i++) {
      int number = i;
      works.add(
          Background.start(
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                full.countDown();
                await(gate);
                running.decrementAndGet();
                return number;
              }));
    }
    full.await();
    gate.countDown();

    Background.await(works);

    assertThat(most).hasValueLessThanOrEqualTo(Background.THREADS);
    assertThat(works).map(Background::result).isSorted().hasSize(2 * Background.THREADS);
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void result_ofFailedWork_throwsItsExceptionOrError() {
    IllegalStateException failure = new IllegalStateException("full disk");
    OutOfMemoryError error = new OutOfMemoryError("no memory");
    CompletableFuture<Object> failed =
        Background.start(
            () -> {
              throw failure;
            });
    CompletableFuture<Object> broken =
        Background.start(
            () -> {
              throw error;
            });

    Background.await(List.of(failed, broken));

    assertThatThrownBy(() -> Background.result(failed)).isSameAs(failure);
    assertThatThrownBy(() -> Background.result(broken)).isSameAs(error);
  }

  @Test
  void threads_areDaemonsWithoutTheCallersClassLoader() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(new ClassLoader() {});
    try {
      Thread thread = Background.result(Background.start(Thread::currentThread));

      assertThat(thread.isDaemon()).isTrue();
      assertThat(thread.getContextClassLoader()).isSameAs(Background.class.getClassLoader());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
