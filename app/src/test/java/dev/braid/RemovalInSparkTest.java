package dev.braid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.demo.base.SmallestBase;
import dev.braid.demo.base.TinyTask;
import dev.braid.driver.Decision;
import dev.braid.driver.merging.Residue;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.TaskId;
import dev.braid.model.record.Version;
import dev.braid.settings.Settings;
import dev.braid.settings.SettingsLoader;
import dev.braid.settings.TaskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program removes tasks, which needs Spark only where other tasks are merged again. */
final class RemovalInSparkTest {
  private static final List<TaskId> TASKS = List.of(new TaskId("colours"), new TaskId("stripes"));
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  @TempDir static Path folder;
  private static SparkSession session;
  private static Braid braid;

  @BeforeAll
  static void learnTwoTasks() throws Exception {
    session = SparkSessions.open("local[2]", Map.of());
    SmallestBase.writeTo(folder.resolve("base"));
    Settings settings =
        SettingsLoader.load(
            "store.root=" + folder.resolve("store"),
            "line.truth=deltas",
            "train.steps=2",
            "train.warm-up=1",
            "train.batch=4");
    var unused = Braid.create(settings, folder.resolve("base"));
    braid = Braid.open(settings, session);
    var unusedColours =
        braid.add(
            TaskFile.of("colours", TinyTask.COLOURS.writeFew(folder.resolve("a")).toString()));
    var unusedStripes =
        braid.add(
            TaskFile.of("stripes", TinyTask.STRIPES.writeFew(folder.resolve("b")).toString()));
    assertThat(braid.run().decisions()).hasSize(2);
    assertThat(braid.run(notLearned(), ProgressListener.SILENT).decisions())
        .allMatch(Decision::published);
    assertThat(braid.line().head().taken()).hasSize(2);
  }

  private static List<TaskId> notLearned() {
    return TASKS.stream()
        .filter(
            task ->
                braid.line().head().taken().stream().noneMatch(file -> file.task().equals(task)))
        .toList();
  }

  @AfterAll
  static void close() throws IOException {
    RELEASED.countDown();
    braid.close();
    session.close();
  }

  @Test
  void remove_recordsTheApplicationOnlyIfItMergedInSpark() throws Exception {
    TaskId waiting = new TaskId("waiting");
    var unused = braid.add(TaskFile.of(waiting.name(), folder.resolve("a").toString()));

    Version withoutSpark = braid.remove(waiting, Residue.REFUSED).orElseThrow();
    Version again = braid.requeue(waiting);
    Version before = braid.head().orElseThrow();
    Version rolledBack = braid.rollback(withoutSpark.number()).orElse(before);

    assertThat(application(withoutSpark)).isEmpty();
    assertThat(application(again)).isEmpty();
    assertThat(application(rolledBack)).isEmpty();
    cancelWhileItMerges();
    assertThat(application(braid.remove(TASKS.get(0), Residue.REFUSED).orElseThrow()))
        .hasValue(session.sparkContext().applicationId());
  }

  /** Both cores are taken, so that the merge waits for one. */
  private static void cancelWhileItMerges() throws Exception {
    JavaSparkContext spark = braid.spark();
    Version head = braid.head().orElseThrow();
    FutureTask<List<Boolean>> program =
        new FutureTask<>(
            () ->
                spark
                    .parallelize(List.of(1, 2), 2)
                    .map(unit -> RELEASED.await(120, TimeUnit.SECONDS))
                    .collect());
    new Thread(program).start();
    awaitActiveJobs(1);
    FutureTask<Optional<Version>> removal =
        new FutureTask<>(() -> braid.remove(TASKS.get(0), Residue.REFUSED));
    new Thread(removal).start();
    awaitActiveJobs(2);

    braid.cancel();

    assertThatThrownBy(() -> removal.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(CancellationException.class);
    awaitActiveJobs(1);
    RELEASED.countDown();
    assertThat(program.get(60, TimeUnit.SECONDS)).containsExactly(true, true);
    assertThat(braid.head()).hasValue(head);
  }

  private static void awaitActiveJobs(int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (activeJobs() != count && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(activeJobs()).isEqualTo(count);
  }

  private static int activeJobs() {
    return braid.spark().statusTracker().getActiveJobIds().length;
  }

  private static Optional<String> application(Version version) {
    return braid
        .store()
        .records()
        .publication(version.provenance().orElseThrow())
        .sparkApplication();
  }
}
