package dev.braid.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.jobs.MicroStore;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Digest;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.train.TrainingDivergedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trainings in a local session with two cores and memory for one training. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RoundTasksTest extends TrainingFixture {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private StoreLocation store;
  private TrainingMemory need;
  private TrainingLimits forOne;

  @BeforeEach
  void createStore() throws IOException {
    store = MicroStore.create(own.resolve("store"));
    Training training = training(0);
    need =
        new ReplicaTask(
                training,
                MicroTraining.area(store, training),
                TrainingCheckpoint.NONE,
                1,
                new TrainingLimits(0, 0))
            .need();
    forOne = new TrainingLimits(0, need.outside() + 1);
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void run_whileTrainingsWaitForMemory_leavesACoreToOtherStages() throws Exception {
    TrainingSlots.Slot all = TrainingSlots.OF_THIS_JVM.reserve(need, memory());
    Future<Digest> first;
    Future<Digest> second;
    try (all) {
      first = threads.submit(() -> train(training(0)));
      second = threads.submit(() -> train(training(1)));
      Await.until(() -> RoundTasks.waiting() + TrainingSlots.OF_THIS_JVM.waiting(), 2);

      Future<List<Integer>> other =
          threads.submit(() -> new Stage(spark, "other").map(List.of(1, 2, 3), new PlusOne()));

      assertThat(other.get(20, TimeUnit.SECONDS)).containsExactly(2, 3, 4);
    }
    assertThat(first.get()).isNotEqualTo(second.get());
  }

  @Test
  void run_ofMoreReplicasThanFit_givesTheSameBits() throws Exception {
    StoreLocation other = MicroStore.create(own.resolve("other"));

    Digest delta = train(micro.training(store, 3, 4));

    assertThat(delta)
        .isEqualTo(
            new TrainJob(spark, other).run(micro.training(other, 3, 4), TrainJob.Progress.NONE));
  }

  @Test
  void run_thatFails_releasesItsMemory() throws Exception {
    Training diverging = micro.training(store, 1, 3, MicroTraining.settings(1, 1e30));
    assertThatThrownBy(() -> train(diverging)).isInstanceOf(TrainingDivergedException.class);

    assertThat(train(training(0))).isNotNull();
  }

  @Test
  void run_interruptedWhileItWaitsInTheDriver_isCancelled() throws Exception {
    TrainingSlots.Slot all = TrainingSlots.OF_THIS_JVM.reserve(need, memory());
    Future<Digest> ahead;
    try (all) {
      ahead = threads.submit(() -> train(training(0)));
      Await.until(TrainingSlots.OF_THIS_JVM::waiting, 1);
      FutureTask<Digest> waits = new FutureTask<>(() -> train(training(1)));
      Thread thread = new Thread(waits);
      thread.start();
      Await.until(RoundTasks::waiting, 1);

      thread.interrupt();

      assertThatThrownBy(waits::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(CancellationException.class)
          .hasMessage("Cancelled a training that waited for memory: its thread was interrupted");
      assertThat(RoundTasks.waiting()).isZero();
    }
    assertThat(ahead.get()).isNotNull();
  }

  @Test
  void run_killedWhileItsTaskWaits_leavesNoTicket() throws Exception {
    TrainingSlots.Slot all = TrainingSlots.OF_THIS_JVM.reserve(need, memory());
    try (all) {
      FutureTask<Digest> waits = new FutureTask<>(() -> train(training(0)));
      Thread thread = new Thread(waits);
      thread.start();
      Await.until(TrainingSlots.OF_THIS_JVM::waiting, 1);

      thread.interrupt();

      assertThatThrownBy(waits::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(CancellationException.class);
      Await.until(TrainingSlots.OF_THIS_JVM::waiting, 0);
    }
    assertThat(train(training(1))).isNotNull();
  }

  private Training training(long seed) throws IOException {
    return micro.training(store, 1, 3, MicroTraining.settings(seed, 1e-2));
  }

  private Digest train(Training training) {
    return new TrainJob(spark, store, forOne).run(training, TrainJob.Progress.NONE);
  }

  private ExecutorMemory memory() {
    return ExecutorMemory.ofThisJvm(forOne);
  }

  private static final class PlusOne implements Function<Integer, Integer> {
    @Override
    public Integer call(Integer number) {
      return number + 1;
    }
  }
}
