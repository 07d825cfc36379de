package dev.braid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.demo.base.MicroBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Pipeline.Outcome;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsLoader;
import dev.braid.settings.TaskFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program cancels a run and goes on with its own Spark session. */
class CancelledRunTest {
  @TempDir Path folder;

  @Test
  void close_whileAnotherThreadRuns_endsTheRunAndKeepsTheSession() throws Exception {
    MicroBase.writeTo(folder.resolve("base"));
    Path pictures = TinyTask.COLOURS.writeFew(folder.resolve("pictures"));
    Settings settings =
        SettingsLoader.load(
            "store.root=" + folder.resolve("store"),
            "train.steps=1000000",
            "train.round-steps=2",
            "train.batch=4");
    var unused = Braid.create(settings, folder.resolve("base"));
    CountDownLatch trains = new CountDownLatch(1);
    try (SparkSession session = SparkSessions.open("local[2]", Map.of())) {
      Braid braid = Braid.open(settings, session);
      var unusedFile = braid.add(TaskFile.of("colours", pictures.toString()));
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
