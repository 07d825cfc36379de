package dev.braid.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.braid.inference.LabelSpace;
import dev.braid.inference.LogitScale;
import dev.braid.jobs.MicroStore;
import dev.braid.jobs.evaluate.LogitCounting.ModelLogits;
import dev.braid.model.NamedTensor;
import dev.braid.model.ShardCut;
import dev.braid.model.TaskId;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.store.FeatureChunk;
import dev.braid.store.ModelStore;
import dev.braid.store.StoreLocation;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One image and two classes. Their cosines are adjacent float32 values: they round to one logit
 * after multiplication by 100, so that the first class wins, and to two after multiplication by 8.
 */
class LogitCountingTest {
  private static final float LOW = 0.65f;

  @TempDir static Path folder;

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
    FeatureChunk image = new FeatureChunk(new int[] {1}, new float[][] {{1}});
    List<float[]> classes = List.of(new float[] {LOW}, new float[] {Math.nextUp(LOW)});
    TaskId task = new TaskId("task");
    LabelSpace labelSpace =
        new LabelSpace(task, List.of(new LabelSpace.Task(task, List.of("a", "b"), List.of("{c}"))));
    return new LogitCounting(labelSpace, LogitScale.of(ModelStore.open(location)))
        .count(List.of(new ModelLogits(image, classes, List.of(0), List.of(1.0))))
        .correct();
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
