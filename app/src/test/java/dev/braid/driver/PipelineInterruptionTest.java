package dev.braid.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.driver.Pipeline.Outcome;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.model.LineId;
import dev.braid.model.record.Version;
import dev.braid.model.record.Version.InboxEntry;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Test;

/** Runs whose thread is interrupted. */
final class PipelineInterruptionTest extends PipelineFixture {
  @Test
  void run_interruptedWhileItTrains_leavesNoSparkJobAndContinuesLater() throws Exception {
    Thread caller = Thread.currentThread();
    AtomicBoolean isInterrupted = new AtomicBoolean();
    ProgressListener interrupting =
        new ProgressListener() {
          @Override
          public void say(String line) {}

          @Override
          public void training(String label, int step, int steps, float loss) {
            if (!isInterrupted.getAndSet(true)) { // after the first round
              caller.interrupt();
            }
          }
        };
    roundSteps = 1;

    Outcome outcome = run(interrupting);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.decisions()).isEmpty();
    assertThat(outcome.failed())
        .hasSize(2)
        .allSatisfy(failed -> assertThat(failed.cause()).isInstanceOf(CancellationException.class));
    awaitNoActiveJob();
    assertThat(spark.getJobTags()).isEmpty();
    assertThat(spark.parallelize(List.of(1, 2, 3), 2).count()).isEqualTo(3);
    roundSteps = 20;
    assertThat(learned(run())).isEqualTo(TASKS);
    Version resumed = head();
    store = createStore("undisturbed");
    location = store.location();
    run();
    assertThat(resumed.model()).isEqualTo(head().model());
  }

  @Test
  void run_interruptedInALongSparkTask_endsTheTask() throws Exception {
    steps = 1_000_000;
    roundSteps = steps;
    FutureTask<Outcome> run = new FutureTask<>(() -> run(ProgressListener.SILENT));
    Thread caller = new Thread(run);
    CountDownLatch trains = new CountDownLatch(1);
    CountDownLatch trained = new CountDownLatch(1);
    SparkListener watching =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart start) {
            if (trainings.contains(start.stageId())) {
              trains.countDown();
            }
          }

          private final Set<Integer> trainings = ConcurrentHashMap.newKeySet();

          @Override
          public void onStageSubmitted(SparkListenerStageSubmitted stage) {
            String tags = String.valueOf(stage.properties().getProperty("spark.job.tags"));
            if (tags.contains("braid-run-")
                && tags.contains("braid-line-main")
                && tags.contains("braid-task-colours")
                && tags.contains("braid-stage-train")) {
              trainings.add(stage.stageInfo().stageId());
            }
          }

          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            if (trainings.contains(end.stageId())) {
              trained.countDown();
            }
          }
        };
    session.sparkContext().addSparkListener(watching);
    try {
      caller.start();
      assertThat(trains.await(120, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();

      assertThat(run.get(60, TimeUnit.SECONDS).decisions()).isEmpty();
      awaitNoActiveJob();
      assertThat(trained.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      session.sparkContext().removeSparkListener(watching);
    }
  }

  @Test
  void run_interruptedBeforeItPublishes_publishesNothing() {
    ProgressListener interrupting =
        when(
            "colours: .* of the validation pictures right.*",
            () -> Thread.currentThread().interrupt());

    Outcome outcome = run(interrupting);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.decisions()).isEmpty();
    assertThat(outcome.failed())
        .first()
        .satisfies(failed -> assertThat(failed.cause()).isInstanceOf(CancellationException.class));
    assertThat(store.versions(LineId.MAIN).head()).isEmpty();
  }

  @Test
  void run_interruptedWhileItPublishes_reportsWhatItPublished() {
    location =
        new StoreLocation(
            location.root(),
            new TreeMap<>(Map.of(LocalDisk.CLASS, InterruptingDisk.class.getName())));
    store = ModelStore.open(location);

    Outcome outcome = run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.decisions()).extracting(Decision::task).containsExactly(TASKS.get(0));
    assertThat(outcome.failed())
        .extracting(failed -> failed.file().task())
        .containsExactly(TASKS.get(1));
    assertThat(head().taken()).extracting(InboxEntry::task).containsExactly(TASKS.get(0));
  }

  /** Interrupts the thread that publishes a version, in the step that does so. */
  static final class InterruptingDisk extends LocalDisk {
    @Override
    public boolean link(org.apache.hadoop.fs.Path file, org.apache.hadoop.fs.Path name)
        throws IOException {
      if (name.toString().contains("/versions/")) {
        Thread.currentThread().interrupt();
      }
      return super.link(file, name);
    }
  }

  /** Spark ends cancelled jobs a moment after they are cancelled. */
  private static void awaitNoActiveJob() throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (activeJobs() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(activeJobs()).isZero();
  }

  private static int activeJobs() throws Exception {
    session.sparkContext().listenerBus().waitUntilEmpty(30_000);
    return spark.statusTracker().getActiveJobIds().length;
  }
}
