package dev.braid.driver.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.braid.driver.merging.Reconstruction.Distance;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.merge.BruteForce;
import dev.braid.model.Digest;
import dev.braid.model.RescalerKind;
import dev.braid.model.record.MergeState;
import dev.braid.model.record.ModelRecord;
import dev.braid.store.json.ModelParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The figures of a merge that show prints, compared with brute force. */
final class MergeFiguresTest {
  private static final int TASKS = 3;

  private static SparkSession session;
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    session = SparkSessions.open("local[2]", Map.of());
    spark = new JavaSparkContext(session.sparkContext());
  }

  @AfterAll
  static void close() {
    session.stop();
  }

  @ParameterizedTest
  @EnumSource
  void figures_areWhatBruteForceSays(MergeState mergeState) throws IOException {
    MergeStore given = new MergeStore(folder.resolve("store"));
    MergeJob job = new MergeJob(spark, given.location);
    ModelRecord model = given.start(mergeState, RescalerKind.TENSOR_MEAN);
    BruteForce forward = oracle(mergeState);
    BruteForce backward = oracle(mergeState);
    for (int task = 0; task < TASKS; task++) {
      model = job.run(model, given.task("task-" + task, given.randomDelta(task))).record();
      forward.merge(given.randomDelta(task));
      backward.merge(given.randomDelta(TASKS - 1 - task));
    }

    List<Reconstruction> errors =
        new ReconstructionJob(spark, given.location).run(Digest.of(ModelParser.toJson(model)));
    double share = new SignOrder(spark, given.location).share(model);

    for (int task = 0; task < TASKS; task++) {
      Distance expected = distance(given.randomDelta(task), forward.decoupled(task));
      Reconstruction error = errors.get(task);
      assertThat(error.task()).isEqualTo(model.tasks().get(task).task());
      assertThat(error.whole().relative())
          .isEqualTo(expected.relative(), within(1e-9))
          .isPositive();
      assertThat(error.whole().cosine()).isEqualTo(expected.cosine(), within(1e-9)).isLessThan(1);
      assertThat(error.groups()).extracting(Reconstruction.OfGroup::name).hasSize(4);
      assertThat(error.worst().distance().relative())
          .isGreaterThanOrEqualTo(error.whole().relative());
    }
    assertThat(share).isEqualTo(differing(forward.unified(), backward.unified()), within(1e-12));
    assertThat(share > 0).isEqualTo(mergeState == MergeState.DECOUPLED);
  }

  private static BruteForce oracle(MergeState mergeState) {
    return new BruteForce(
        mergeState, RescalerKind.TENSOR_MEAN, MergeStore.CUT, MergeStore.groupOfCoordinate(), 4);
  }

  private static Distance distance(float[] archived, float[] decoupled) {
    Distance distance = Distance.NONE;
    for (int j = 0; j < archived.length; j++) {
      distance = distance.plus(archived[j], decoupled[j]);
    }
    return distance;
  }

  private static double differing(float[] first, float[] second) {
    double differing = 0;
    int all = 0;
    for (int j = 0; j < first.length; j++) {
      all += first[j] != 0 || second[j] != 0 ? 1 : 0;
      differing += Math.signum(first[j]) != Math.signum(second[j]) ? 1 : 0;
    }
    return differing / all;
  }
}
