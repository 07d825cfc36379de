package dev.braid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.demo.base.MicroBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.jobs.stage.JobTags;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsLoader;
import dev.braid.settings.TaskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program cancels a run and goes on with its own Spark session. */
class CancelledRunTest {
  @TempDir Path folder;

  @Test
  void close_whileAnotherThreadRuns_endsTheRunAndKeepsTheSession() throws Exception {
    Settings settings = settings();
    CountDownLatch trains = new CountDownLatch(1);
    try (SparkSession session = SparkSessions.open("local[2]", Map.of())) {
      Braid braid = Braid.open(settings, session);
      var unusedFile = braid.add(TaskFile.of("colours", pictures().toString()));
      FutureTask<Outcome> run = new FutureTask<>(() -> braid.run(List.of(), untilItTrains(trains)));
      new Thread(run).start();
      assertThat(trains.await(120, TimeUnit.SECONDS)).isTrue();

      braid.close();

      Outcome outcome = run.get(60, TimeUnit.SECONDS);
      assertThat(outcome.decisions()).isEmpty();
      assertThat(outcome.failed()).hasSize(1);
      assertThat(outcome.failed().get(0).cause()).isInstanceOf(CancellationException.class);
      assertThat(session.range(3).count()).isEqualTo(3);
    }
  }

  @Test
  void close_ofItsOwnSparkWhileAnotherThreadRuns_endsTheRunFirst() throws Exception {
    Settings settings = settings("spark.master=local[2]");
    CountDownLatch trains = new CountDownLatch(1);
    Braid braid = Braid.open(settings);
    var unusedFile = braid.add(TaskFile.of("colours", pictures().toString()));
    FutureTask<Outcome> run = new FutureTask<>(() -> braid.run(List.of(), untilItTrains(trains)));
    new Thread(run).start();
    assertThat(trains.await(120, TimeUnit.SECONDS)).isTrue();
    JavaSparkContext own = braid.spark();

    braid.close();

    assertThat(own.sc().isStopped()).isTrue();
    JobTags.cancel(own, "a run"); // has no jobs any more
    Outcome outcome = run.get(60, TimeUnit.SECONDS);
    assertThat(outcome.decisions()).isEmpty();
    assertThat(outcome.failed()).hasSize(1);
    assertThat(outcome.failed().get(0).cause()).isInstanceOf(CancellationException.class);
  }

  @Test
  void close_inAProgramWithASessionThatWasNotHandedIn_keepsTheSession() throws Exception {
    Settings settings = settings("spark.master=local[2]");
    try (SparkSession session = SparkSessions.open("local[2]", Map.of())) {
      try (Braid braid = Braid.open(settings)) {
        assertThat(braid.spark().sc()).isSameAs(session.sparkContext());
      }

      assertThat(session.range(3).count()).isEqualTo(3);
    }
  }

  @Test
  void spark_whenClosed_isNotOpened() throws Exception {
    Braid braid = Braid.open(settings("spark.master=local[2]"));

    braid.close();

    assertThatThrownBy(braid::spark).isInstanceOf(IllegalStateException.class);
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  private Path pictures() throws IOException {
    return TinyTask.COLOURS.writeFew(folder.resolve("pictures"));
  }

  private Settings settings(String... more) throws IOException {
    MicroBase.writeTo(folder.resolve("base"));
    List<String> values =
        new ArrayList<>(
            List.of(
                "store.root=" + folder.resolve("store"),
                "train.steps=1000000",
                "train.round-steps=2",
                "train.batch=4"));
    values.addAll(List.of(more));
    Settings settings = SettingsLoader.load(values.toArray(String[]::new));
    var unused = Braid.create(settings, folder.resolve("base"));
    return settings;
  }

  private static ProgressListener untilItTrains(CountDownLatch trains) {
    return new ProgressListener() {
      @Override
      public void say(String line) {}

      @Override
      public void training(String label, int step, int steps, float loss) {
        trains.countDown();
      }
    };
  }
}
