package dev.braid.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.inference.EnsembleWeights;
import dev.braid.inference.EvaluationSet;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.evaluate.RoutingSettings;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Split;
import dev.braid.model.figures.Score;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts what one evaluation of a version on all its tasks reads. */
class EvaluateGrowthTest {
  private static final int TASKS = 24;

  @TempDir static Path folder;
  private static SparkSession session;
  private static JavaSparkContext spark;
  private static StoreLocation location;
  private static MadeUpTasks made;

  @BeforeAll
  static void makeUpTasks() throws IOException {
    session = SparkSessions.open("local[2]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    location =
        new StoreLocation(
            folder.resolve("store").toString(),
            new TreeMap<>(Map.of(LocalDisk.CLASS, CountingDisk.class.getName())));
    made = MadeUpTasks.create(location, TASKS, 1);
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void run_onManyTasks_readsEachRecordAFewTimes() {
    for (Protocol protocol : List.of(Protocol.OWN_LABELS, Protocol.UNION_LABELS)) {
      CountingDisk.OPENED.clear();

      List<Score> scores =
          new EvaluateJob(spark, location)
              .run(
                  made.version(TASKS),
                  EvaluationSpec.of(
                      protocol, Split.TEST, new RoutingSettings(1, new EnsembleWeights.Mean())),
                  made.sets());

      assertThat(scores).hasSize(TASKS).allMatch(score -> score.routed() == score.total());
      // Once in the driver, and once in the Spark task that evaluates the set.
      assertThat(made.sets())
          .extracting(EvaluationSet::dataset)
          .allSatisfy(
              dataset ->
                  assertThat(CountingDisk.OPENED.get(dataset + ".json")).isLessThanOrEqualTo(2));
      // Once in each Spark task, whatever the number of sets.
      assertThat(made.prototypes())
          .allSatisfy(
              prototypes ->
                  assertThat(CountingDisk.OPENED.get(prototypes + ".json"))
                      .isLessThanOrEqualTo(Stage.TASKS_PER_CORE * spark.defaultParallelism()));
    }
  }
}
