package dev.braid.jobs.train;

import static dev.braid.jobs.train.TrainingMemory.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
  private static final long GIB = 1024 * MIB;
  private static final long COORDINATES = 149_620_736;

  private static TrainingMemory vitB16(long activations, long pictures, boolean isAligned) {
    return TrainingMemory.of(
        new TrainingMemory.Size(
            COORDINATES + 1, 49_408L * 512, COORDINATES, isAligned, activations, pictures),
        new TrainingLimits(256 * MIB, 0));
  }

  @Test
  void of_vitB16_countsWeightsGradientsMomentsAndActivations() {
    TrainingMemory plain = vitB16(GIB, 100 * MIB, false);

    assertThat(plain.outside()).isEqualTo(4 * (4 * COORDINATES + 1) + GIB + 300 * MIB);
    assertThat(plain.heap()).isEqualTo(100 * MIB + 128 * MIB + 8 * 49_408L * 512 + 64 * MIB);
    assertThat(vitB16(GIB, 100 * MIB, true).outside() - plain.outside())
        .isEqualTo(2 * 4 * COORDINATES);
  }

  @Test
  void of_morePicturesThanStayInMemory_countsThoseThatStay() {
    assertThat(vitB16(GIB, 100 * GIB, false)).isEqualTo(vitB16(GIB, 256 * MIB, false));
  }

  @Test
  void slots_ofVitB16OnSixteenCores_followTheScarcerMemory() {
    TrainingMemory training = vitB16(GIB, GIB, false);
    TrainingLimits limits = new TrainingLimits(256 * MIB, 0);

    // About 3.6 GiB outside the heap and 0.63 GiB of the heap each.
    assertThat(training.slots(TrainingMemory.ofExecutor(16 * GIB, 80 * GIB, limits), 16))
        .isEqualTo(16);
    assertThat(training.slots(TrainingMemory.ofExecutor(16 * GIB, 48 * GIB, limits), 16))
        .isEqualTo(9);
    assertThat(training.slots(TrainingMemory.ofExecutor(4 * GIB, 80 * GIB, limits), 16))
        .isEqualTo(4);
    assertThat(training.slots(TrainingMemory.ofExecutor(4 * GIB, 6 * GIB, limits), 16)).isZero();
    // The setting counts, not the host's memory.
    TrainingLimits shared = new TrainingLimits(256 * MIB, 8 * GIB);
    assertThat(training.slots(TrainingMemory.ofExecutor(16 * GIB, 80 * GIB, shared), 16))
        .isEqualTo(2);
  }

  @Test
  void reserve_moreThanTheExecutorHas_isRefusedInOneSentence() {
    TrainingMemory executor = new TrainingMemory(GIB, GIB);

    assertThatThrownBy(() -> new TrainingSlots().reserve(new TrainingMemory(2 * GIB, 1), executor))
        .isInstanceOf(TrainingMemoryException.class)
        .hasMessage(
            "Cannot train: a training needs about 2048 MiB of an executor's heap, and trainings may"
                + " use 1024 MiB of it; raise spark.executor.memory (BRAID_HEAP for the embedded"
                + " Spark), or lower executor.pictures-in-memory");
    assertThatThrownBy(() -> new TrainingSlots().reserve(new TrainingMemory(1, 3 * GIB), executor))
        .isInstanceOf(TrainingMemoryException.class)
        .hasMessage(
            "Cannot train: a training needs about 3072 MiB outside an executor's heap, and there"
                + " are 1024 MiB; lower train.micro-batch, raise spark.executor.memoryOverhead, or"
                + " set executor.training-memory if the executor has more");
  }

  @Test
  void reserve_byManyThreads_neverExceedsTheExecutor() throws Exception {
    TrainingMemory executor = new TrainingMemory(10, 20);
    TrainingSlots slots = new TrainingSlots();
    AtomicLong heap = new AtomicLong();
    AtomicLong outside = new AtomicLong();
    AtomicLong most = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> all = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      Random random = new Random(thread);
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 2000; i++) {
                  TrainingMemory need =
                      new TrainingMemory(1 + random.nextInt(10), 1 + random.nextInt(20));
                  try (TrainingSlots.Slot slot = slots.reserve(need, executor)) {
                    assertThat(slot).isNotNull();
                    assertThat(heap.addAndGet(need.heap())).isLessThanOrEqualTo(10);
                    assertThat(outside.addAndGet(need.outside())).isLessThanOrEqualTo(20);
                    most.accumulateAndGet(heap.get(), Math::max);
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
    threads.shutdown();
    assertThat(most.get()).isBetween(1L, 10L);
    slots.reserve(executor, executor).close(); // all were released
  }
}
