package dev.braid.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.braid.inference.EvaluationSet;
import dev.braid.inference.WeightsRef;
import dev.braid.jobs.dataset.DatasetRecords;
import dev.braid.jobs.encode.EncodeRequest;
import dev.braid.jobs.evaluate.EvaluateJob;
import dev.braid.jobs.evaluate.EvaluationSpec;
import dev.braid.jobs.evaluate.EvaluationSpec.Protocol;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.jobs.stage.Stage;
import dev.braid.model.Split;
import dev.braid.model.figures.Score;
import dev.braid.model.record.EnsembleWeights;
import dev.braid.model.record.RoutingRule;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.store.file.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
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
                  made.version(TASKS, new RoutingRule.Prototypes(1, new EnsembleWeights.Mean())),
                  EvaluationSpec.of(protocol, Split.TEST),
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

  @Test
  void run_withNothingStored_bringsTheDriverAResultOfOneSizePerSet() throws Exception {
    // The base names itself; the names of the classes stay where they are.
    assertThat(bytesPerSet(TASKS, Kept.NOTHING)).isLessThan(bytesPerSet(TASKS / 4, Kept.NOTHING));
  }

  @Test
  void run_withoutTheFeaturesOfExperts_bringsTheDriverAResultThatGrowsWithTheExperts()
      throws Exception {
    assertThat(bytesPerSet(TASKS, Kept.PICTURES_OF_BASE))
        .isLessThan(bytesPerSet(TASKS / 4, Kept.PICTURES_OF_BASE) * 2);
  }

  /** The features that a store has. */
  private enum Kept {
    NOTHING,
    PICTURES_OF_BASE
  }

  /** The bytes of the results of the first stage, with all experts for every picture. */
  private static long bytesPerSet(int tasks, Kept kept) throws Exception {
    String name = kept + "-" + tasks;
    StoreLocation own = new StoreLocation(folder.resolve(name).toString(), location.options());
    MadeUpTasks ownTasks = MadeUpTasks.create(own, tasks, 1);
    forget(own, ownTasks, kept);
    ResultBytes bytes = new ResultBytes();
    session.sparkContext().addSparkListener(bytes);
    try {
      EvaluationSpec spec = EvaluationSpec.of(Protocol.UNION_LABELS, Split.TEST);
      RoutingRule rule = new RoutingRule.Prototypes(tasks, new EnsembleWeights.Mean());
      // The made-up base cannot encode.
      assertThatThrownBy(
              () ->
                  new EvaluateJob(spark, own)
                      .run(ownTasks.version(tasks, rule), spec, ownTasks.sets()))
          .isInstanceOf(RuntimeException.class);
      session.sparkContext().listenerBus().waitUntilEmpty(30_000);
    } finally {
      session.sparkContext().removeSparkListener(bytes);
    }
    assertThat(bytes.sum.get()).isPositive();
    return bytes.sum.get() / tasks;
  }

  private static void forget(StoreLocation own, MadeUpTasks tasks, Kept kept) throws IOException {
    ModelStore store = ModelStore.open(own);
    Set<String> left =
        tasks.sets().stream()
            .filter(set -> kept == Kept.PICTURES_OF_BASE)
            .map(
                set ->
                    new EncodeRequest.Pictures(
                        new WeightsRef.Base(), set.dataset(), Split.TEST, MadeUpTasks.ROWS))
            .map(request -> request.inputs(store, new DatasetRecords(store)) + ".json")
            .collect(Collectors.toSet());
    try (Stream<Path> receipts = Files.list(Path.of(own.root(), "receipts", "encode"))) {
      for (Path receipt : receipts.toList()) {
        if (!left.contains(receipt.getFileName().toString())) {
          Files.delete(receipt);
        }
      }
    }
  }

  /** Counts the bytes that tasks return. */
  private static final class ResultBytes extends SparkListener {
    private final AtomicLong sum = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (task.taskInfo().successful()) {
        sum.addAndGet(task.taskMetrics().resultSize());
      }
    }
  }
}
