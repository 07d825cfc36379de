package dev.braid.jobs.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that the Spark jobs of an interrupted thread end, and no others. */
class CancellationTest {
  private static final int SECONDS = 30;

  private static SparkSession session;
  private static JavaSparkContext spark;

  @BeforeAll
  static void openSession() {
    session = SparkSessions.open("local[2]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void map_inAnInterruptedThread_endsItsTasksAndLeavesOtherJobsAlone() throws Exception {
    Waiting cancelled = new Waiting("cancelled");
    Waiting other = new Waiting("other");
    FutureTask<Boolean> keptItsFlag =
        new FutureTask<>(
            () -> {
              assertThatThrownBy(() -> Stage.ofTraining(spark, "test").map(List.of(1), cancelled))
                  .isInstanceOf(CancellationException.class)
                  .hasMessage("Cancelled test: its thread was interrupted");
              return Thread.currentThread().isInterrupted();
            });
    Thread interrupted = start(keptItsFlag);
    FutureTask<List<Integer>> unharmed =
        new FutureTask<>(() -> new Stage(spark, "test").map(List.of(2), other));
    start(unharmed);
    await(cancelled.latches().begun());
    await(other.latches().begun());

    interrupted.interrupt();

    assertThat(keptItsFlag.get(SECONDS, TimeUnit.SECONDS)).isTrue();
    await(cancelled.latches().ended());
    awaitActiveJobs(1);
    other.latches().released().countDown();
    assertThat(unharmed.get(SECONDS, TimeUnit.SECONDS)).containsExactly(2);
    awaitActiveJobs(0);
    assertThat(new Stage(spark, "test").map(List.of(3), unit -> unit)).containsExactly(3);
  }

  @Test
  void map_whoseJobTheProgramCancels_isCancelled() throws Exception {
    Waiting waiting = new Waiting("group");
    FutureTask<List<Integer>> work =
        new FutureTask<>(
            () -> {
              spark.setJobGroup("the program's", "all it does");
              return Stage.ofTraining(spark, "test").map(List.of(1), waiting);
            });
    start(work);
    await(waiting.latches().begun());

    spark.cancelJobGroup("the program's");

    assertThatThrownBy(() -> work.get(SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(CancellationException.class)
        .hasMessageStartingWith("Cancelled test: ");
    await(waiting.latches().ended());
    awaitActiveJobs(0);
  }

  @Test
  void map_withACancelledTag_startsNothing() {
    JobTags tags = JobTags.add(spark, "a run that has ended");
    try {
      JobTags.cancel(spark, "a run that has ended");

      assertThatThrownBy(() -> new Stage(spark, "test").map(List.of(3), unit -> unit))
          .isInstanceOf(CancellationException.class)
          .hasMessage("Cancelled test: its run has ended");
    } finally {
      tags.remove();
    }
  }

  @Test
  void map_inAThreadOfTheProgram_leavesItsPropertiesAsTheyWere() {
    spark.setJobDescription("what the program does");
    spark.setLocalProperty("spark.scheduler.pool", "the program's");

    assertThat(new Stage(spark, "test").map(List.of(3), unit -> unit)).containsExactly(3);

    assertThat(spark.getLocalProperty("spark.job.description")).isEqualTo("what the program does");
    assertThat(spark.getLocalProperty("spark.scheduler.pool")).isEqualTo("the program's");
    assertThat(spark.getLocalProperty("spark.jobGroup.id")).isNull();
    assertThat(spark.getJobTags()).isEmpty();
    spark.setJobDescription(null);
    spark.setLocalProperty("spark.scheduler.pool", null);
  }

  @Test
  void map_ofTasksThatDoNotTrain_leavesToTheProgramWhetherTheyAreInterrupted() {
    assertThat(new Stage(spark, "test").map(List.of(1), unit -> interruptOnCancel()))
        .containsExactly("null");
    assertThat(Stage.ofTraining(spark, "test").map(List.of(1), unit -> interruptOnCancel()))
        .containsExactly("true");
  }

  private static String interruptOnCancel() {
    return String.valueOf(TaskContext.get().getLocalProperty("spark.job.interruptOnCancel"));
  }

  @Test
  void map_ofManyNames_usesFewPools() {
    int before = session.sparkContext().getAllPools().size();
    for (int i = 0; i < 20; i++) {
      var unused = new Stage(spark, "train " + i).map(List.of(3), unit -> unit);
    }

    assertThat(session.sparkContext().getAllPools().size() - before).isLessThanOrEqualTo(2);
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** Spark counts a cancelled job as active for a moment after its tasks have ended. */
  private static void awaitActiveJobs(int count) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (activeJobs() != count && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(activeJobs()).isEqualTo(count);
  }

  private static int activeJobs() throws Exception {
    session.sparkContext().listenerBus().waitUntilEmpty(SECONDS * 1000L);
    return spark.statusTracker().getActiveJobIds().length;
  }

  /** A task that waits until it is released. */
  private record Waiting(String name) implements Function<Integer, Integer> {
    private static final Map<String, Latches> LATCHES = new ConcurrentHashMap<>();

    record Latches(CountDownLatch begun, CountDownLatch released, CountDownLatch ended) {}

    Latches latches() {
      return LATCHES.computeIfAbsent(
          name,
          unused ->
              new Latches(new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1)));
    }

    @Override
    public Integer call(Integer unit) throws InterruptedException {
      latches().begun().countDown();
      try {
        latches().released().await();
        return unit;
      } finally {
        latches().ended().countDown();
      }
    }
  }
}
