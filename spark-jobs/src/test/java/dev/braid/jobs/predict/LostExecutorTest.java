package dev.braid.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.inference.EvaluationSet;
import dev.braid.inference.classify.Candidates;
import dev.braid.jobs.MicroModel;
import dev.braid.jobs.MicroStore;
import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.encode.PrototypeJob;
import dev.braid.jobs.predict.PredictRequest.Existing;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.ProgressListener;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.TaskId;
import dev.braid.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A prediction whose executor is killed writes what an undisturbed one writes. */
class LostExecutorTest {
  private static final int ROWS = Integer.getInteger("braid.predict.rows", 3000);
  private static final int DISTINCT = 200;
  private static final PredictSettings SETTINGS =
      new PredictSettings(64, 1 << 20, 2, Math.max(1000, ROWS / 4), 1 << 30);

  @TempDir Path folder;
  private StoreLocation store;
  private PredictedModel model;

  @BeforeEach
  void learnTwoTasks() throws IOException {
    store = MicroStore.create(folder.resolve("store"));
    for (int number = 0; number < ROWS; number++) {
      Path file = folder.resolve("in/%03d/%06d.png".formatted(number / 1000, number));
      Files.createDirectories(file.getParent());
      Files.write(file, Pictures.png(number % DISTINCT));
    }
    try (SparkSession session = SparkSessions.open("local[2]", Map.of())) {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      List<EvaluationSet> sets = new ArrayList<>();
      List<Digest> prototypes = new ArrayList<>();
      for (int task = 0; task < 2; task++) {
        Path pictures = folder.resolve("task-" + task);
        Pictures.fill(pictures.resolve("train/a"), 6, 10_000 + 5000 * task);
        Pictures.fill(pictures.resolve("train/b"), 6, 11_000 + 5000 * task);
        Pictures.fill(pictures.resolve("test/a"), 2, 12_000 + 5000 * task);
        Pictures.fill(pictures.resolve("test/b"), 2, 13_000 + 5000 * task);
        Digest dataset =
            new IngestJob(spark, store)
                .run(new IngestRequest(ImageFolder.of(pictures.toString()), 7))
                .record();
        EvaluationSet set =
            new EvaluationSet(new TaskId("task-" + task), dataset, List.of("a {c}"));
        sets.add(set);
        prototypes.add(
            new PrototypeJob(spark, store).run(set.task(), set.dataset(), set.templates()));
      }
      Digest digest =
          new MicroModel(store).of(sets, prototypes, List.of(List.of("a", "b"), List.of("a", "b")));
      model = new PredictedModel(1, digest, new Candidates.AllLearned(), 2);
    }
  }

  @Test
  void predict_withAKilledExecutor_writesEachRowOnceAndTheSame() throws Exception {
    List<String> expected = new ArrayList<>();
    PredictionCounts undisturbed;
    try (SparkSession session = SparkSessions.open("local[2]", Map.of())) {
      undisturbed = predict(session, "quiet");
      expected.addAll(rows(session, "quiet"));
    }
    assertThat(expected).hasSize(ROWS);

    try (SparkSession session = SparkSessions.open("local-cluster[2,1,1024]", Map.of())) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Future<PredictionCounts> disturbed = thread.submit(() -> predict(session, "disturbed"));
      Path begun = folder.resolve("disturbed/part=00000/_temporary/0/_temporary");
      while (!hasEntry(begun) && !disturbed.isDone()) {
        Thread.onSpinWait();
      }
      assertThat(killExecutor()).isTrue();
      assertThat(disturbed.get()).isEqualTo(undisturbed);
      thread.shutdown();
      assertThat(rows(session, "disturbed")).containsExactlyElementsOf(expected);
    }
  }

  private static boolean hasEntry(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findFirst().isPresent();
    }
  }

  /** Kills one of the processes that Spark started for the tasks of this JVM. */
  private static boolean killExecutor() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .findFirst()
        .map(ProcessHandle::destroyForcibly)
        .orElse(false);
  }

  private PredictionCounts predict(SparkSession session, String out) {
    return new PredictJob(
            JavaSparkContext.fromSparkContext(session.sparkContext()), store, SETTINGS)
        .run(
            new PredictRequest(
                new PredictInput.FolderTree(folder.resolve("in").toString()),
                model,
                OutputFormat.PARQUET,
                folder.resolve(out).toString(),
                Existing.RESUME),
            ProgressListener.SILENT);
  }

  private List<String> rows(SparkSession session, String out) {
    return session
        .read()
        .parquet(folder.resolve(out).toString())
        .orderBy("path")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }
}
