package dev.braid.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.inference.LabelSpace;
import dev.braid.jobs.MicroStore;
import dev.braid.jobs.evaluate.LogitCounting.ModelLogits;
import dev.braid.jobs.evaluate.LogitCounting.ScoringUnit;
import dev.braid.jobs.stage.SparkSessions;
import dev.braid.model.Digest;
import dev.braid.model.NamedTensor;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.model.figures.Score;
import dev.braid.store.FeatureChunk;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One image and two classes. Their cosines are adjacent float32 values: they round to one logit
 * after multiplication by 100, so that the first class wins, and to two after multiplication by 8.
 */
class LogitCountingTest {
  private static final float LOW = 0.65f;

  @TempDir static Path folder;
  private static SparkSession session;
  private static JavaSparkContext spark;

  @BeforeAll
  static void openSession() {
    session = SparkSessions.open("local[1]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @AfterAll
  static void closeSession() throws IOException {
    session.close();
  }

  @Test
  void count_usesTheScaleOfTheBase() throws IOException {
    assertThat(correct("small", (float) Math.log(8))).isEqualTo(1);
    assertThat(correct("published", (float) Math.log(100))).isZero();
    assertThat(correct("beyond-the-cap", 6)).isZero();
  }

  /** How often the second class, whose cosine is larger, is the answer. */
  private static long correct(String name, float logarithm) throws IOException {
    StoreLocation location = StoreLocation.of(folder.resolve(name).toString());
    ModelStore.create(
        location, withScale(logarithm), MicroStore.FILES, new ShardCut(2048, 1024), Map.of());
    ModelStore store = ModelStore.open(location);
    Digest image = new FeatureChunk(new int[] {1}, new float[][] {{1}}).store(store.objects());
    float[][] classes = {{LOW}, {Math.nextUp(LOW)}};
    Digest weights = new FeatureChunk(new int[] {0, 1}, classes).store(store.objects());
    TaskId task = new TaskId("task");
    ScoringUnit unit =
        new ScoringUnit(
            new LabelSpace(
                task, List.of(new LabelSpace.Task(task, List.of("a", "b"), List.of("{c}")))),
            1,
            List.of(new ModelLogits(image, List.of(weights), List.of(0), List.of(1.0))));
    List<Score> scores = new LogitCounting(spark, location).count(List.of(unit));
    return scores.get(0).correct();
  }

  private static Weights withScale(float logarithm) {
    Weights weights = MicroStore.weights(1);
    return new Weights() {
      @Override
      public List<TensorSpec> tensors() {
        return weights.tensors();
      }

      @Override
      public void forEach(Reader reader) throws IOException {
        weights.forEach(
            tensor ->
                reader.accept(
                    tensor.spec().name().equals(ClipConfig.LOGIT_SCALE)
                        ? new NamedTensor(tensor.spec(), new float[] {logarithm})
                        : tensor));
      }
    };
  }
}
