package dev.braid.jobs.train;

import static dev.braid.jobs.train.TrainingMemory.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingSlotsTest {
  private static final long GIB = 1024 * MIB;
  private static final ExecutorMemory EXECUTOR = new ExecutorMemory(10, 20);
  private static final TrainingMemory ALL = new TrainingMemory(10, 20);
  private static final TrainingMemory HALF = new TrainingMemory(5, 10);

  private final TrainingSlots slots = new TrainingSlots();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void reserve_moreThanTheExecutorHas_isRefusedInOneSentence() {
    ExecutorMemory executor = new ExecutorMemory(GIB, GIB);

    assertThatThrownBy(() -> slots.reserve(new TrainingMemory(2 * GIB, 1), executor))
        .isInstanceOf(TrainingMemoryException.class)
        .hasMessage(
            "Cannot train: a training needs about 2048 MiB of an executor's heap, and trainings may"
                + " use 1024 MiB of it; raise spark.executor.memory (BRAID_HEAP for the embedded"
                + " Spark), or lower executor.pictures-in-memory");
    assertThatThrownBy(() -> slots.reserve(new TrainingMemory(1, 3 * GIB), executor))
        .isInstanceOf(TrainingMemoryException.class)
        .hasMessage(
            "Cannot train: a training needs about 3072 MiB outside an executor's heap, and there"
                + " are 1024 MiB; lower train.micro-batch, raise spark.executor.memoryOverhead, or"
                + " set executor.training-memory if the executor has more");
  }

  @Test
  void reserve_byManyThreads_neverExceedsTheExecutor() throws Exception {
    AtomicLong heap = new AtomicLong();
    AtomicLong outside = new AtomicLong();
    List<Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      Random random = new Random(thread);
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 2000; i++) {
                  TrainingMemory need =
                      new TrainingMemory(1 + random.nextInt(10), 1 + random.nextInt(20));
                  TrainingSlots.Slot slot = slots.reserve(need, EXECUTOR);
                  try (slot) {
                    assertThat(heap.addAndGet(need.heap())).isLessThanOrEqualTo(10);
                    assertThat(outside.addAndGet(need.outside())).isLessThanOrEqualTo(20);
                    heap.addAndGet(-need.heap());
                    outside.addAndGet(-need.outside());
                  }
                }
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get(1, TimeUnit.MINUTES);
    }
    slots.reserve(ALL, EXECUTOR).close(); // all were released
  }

  @Test
  void reserve_ofTrainingsThatFitTogether_letsThemRunTogether() throws Exception {
    CyclicBarrier inside = new CyclicBarrier(2);
    List<Future<?>> both = new ArrayList<>();
    for (int thread = 0; thread < 2; thread++) {
      both.add(
          threads.submit(
              () -> {
                TrainingSlots.Slot slot = slots.reserve(HALF, EXECUTOR);
                try (slot) {
                  return inside.await(20, TimeUnit.SECONDS);
                }
              }));
    }
    for (Future<?> each : both) {
      assertThat(each.get()).isNotNull();
    }
  }

  @Test
  void reserve_ofALargeTraining_isNotOvertakenBySmallOnes() throws Exception {
    List<String> started = Collections.synchronizedList(new ArrayList<>());
    TrainingSlots.Slot running = slots.reserve(HALF, EXECUTOR);
    Future<?> large = start("large", ALL, started);
    Await.until(slots::waiting, 1);
    Future<?> small = start("small", HALF, started);
    Await.until(slots::waiting, 2); // although it would fit

    running.close();
    large.get(20, TimeUnit.SECONDS);
    small.get(20, TimeUnit.SECONDS);

    assertThat(started).containsExactly("large", "small");
  }

  @Test
  void reserve_inAnInterruptedThread_leavesTheOthersTheirTurns() throws Exception {
    List<String> started = Collections.synchronizedList(new ArrayList<>());
    TrainingSlots.Slot running = slots.reserve(HALF, EXECUTOR);
    Future<?> cancelled = start("cancelled", ALL, started);
    Await.until(slots::waiting, 1);
    Future<?> next = start("next", HALF, started);
    Await.until(slots::waiting, 2);

    cancelled.cancel(/* mayInterruptIfRunning= */ true);
    next.get(20, TimeUnit.SECONDS); // it fits beside the running one

    assertThat(started).containsExactly("next");
    assertThat(slots.waiting()).isZero();
    running.close();
    slots.reserve(ALL, EXECUTOR).close(); // all were released
  }

  private Future<?> start(String name, TrainingMemory need, List<String> started) {
    return threads.submit(
        () -> {
          TrainingSlots.Slot slot = slots.reserve(need, EXECUTOR);
          try (slot) {
            return started.add(name);
          }
        });
  }
}
