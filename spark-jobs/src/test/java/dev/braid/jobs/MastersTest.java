package dev.braid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.dataset.IngestJob;
import dev.braid.jobs.dataset.IngestRequest;
import dev.braid.jobs.dataset.Pictures;
import dev.braid.jobs.encode.EncodeJob;
import dev.braid.jobs.encode.PrototypeJob;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.source.folder.ImageFolder;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.jobs.train.TrainJob;
import dev.braid.jobs.train.Training;
import dev.braid.model.Digest;
import dev.braid.model.Split;
import dev.braid.model.TaskId;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs all jobs, one after the other, on every master: the bits are equal. */
class MastersTest {
  @TempDir Path folder;

  @Test
  void jobs_onEveryMaster_giveTheSameBits() throws IOException {
    Path pictures = Pictures.catsAndDogs(folder.resolve("pictures"));
    List<List<Object>> results = new ArrayList<>();
    for (String master : List.of("local[1]", "local[2]", "local-cluster[2,1,1024]")) {
      StoreLocation store = MicroStore.create(folder.resolve("store-" + results.size()));
      try (SparkSession session = SparkSessions.open(master, Map.of())) {
        results.add(
            jobs(JavaSparkContext.fromSparkContext(session.sparkContext()), store, pictures));
      }
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  private static List<Object> jobs(JavaSparkContext spark, StoreLocation store, Path pictures)
      throws IOException {
    Digest dataset =
        new IngestJob(spark, store)
            .run(new IngestRequest(ImageFolder.of(pictures.toString()), 7))
            .record();
    TrainSettings settings =
        new TrainSettings(8, 4, 1, 1e-2, 0.2, 0.9, 0.999, 1e-8, 0, /* seed= */ 5);
    Training training =
        new Training(
            MicroStore.space(store), dataset, "a {c}", settings, new WeightsRef.Base(), 2, 2);
    Digest delta = new TrainJob(spark, store).run(training, TrainJob.Progress.NONE);
    WeightsRef tuned = new WeightsRef.Tuned(training.space(), delta);
    EvaluationSet evaluationSet = new EvaluationSet(new TaskId("pets"), dataset, List.of("a {c}"));
    return List.of(
        dataset,
        delta,
        new EncodeJob(spark, store).run(tuned, dataset, Split.TEST),
        new PrototypeJob(spark, store)
            .run(evaluationSet.task(), dataset, evaluationSet.templates()),
        new EvaluateJob(spark, store)
            .alone(tuned, EvaluationSpec.ofKnownTasks(Split.TEST), List.of(evaluationSet)));
  }
}
