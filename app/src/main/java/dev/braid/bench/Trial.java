package dev.braid.bench;

import dev.braid.model.Check;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.store.json.JsonObject;
import dev.braid.vlm.checkpoint.SafetensorsWriter;
import dev.braid.vlm.clip.RandomWeights;
import dev.braid.vlm.clip.TokenBatch;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.clip.checkpoint.VisionConfig;
import dev.braid.vlm.tensor.Compute;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What both sides train: a model with made-up weights, one batch of made-up pictures, and prompts
 * as long as "a photo of a tabby cat." with its start and end.
 *
 * @param batch pictures of a step
 */
record Trial(TrialModel model, int batch) {
  /** Steps before the first is measured; their losses tell whether both sides compute the same. */
  static final int WARM_UP = 2;

  static final double RATE = 1e-5;

  private static final int PROMPT = 9;
  private static final double SMOOTHING = 0.2;

  Trial {
    Check.argument(batch > 0, "Invalid batch: %s (at least 1)", batch);
  }

  /** Writes the trial for a reader of another language. */
  void write(Path folder) throws IOException {
    ClipConfig config = model.config();
    Files.write(folder.resolve("config.json"), model.configJson());
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights(config));
    SafetensorsWriter.write(folder.resolve("pixels.safetensors"), pixelsAlone(config));
    JsonObject trial =
        new JsonObject()
            .with("warmup", WARM_UP)
            .with("rate", RATE)
            .with("smoothing", SMOOTHING)
            .with("labels", boxed(labels()))
            .with("ends", boxed(ends()))
            .with("tokens", tokens(config), Trial::boxed);
    Files.write(folder.resolve("trial.json"), trial.bytes());
  }

  Weights weights(ClipConfig config) {
    return new RandomWeights(config.tensors());
  }

  TrainSettings settings(Compute compute) {
    return new TrainSettings(
        batch, batch, compute, 1_000_000, 0, RATE, SMOOTHING, 0.9, 0.999, 1e-8, 0, 0);
  }

  /** Pixels [batch, 3, size, size], as normalised ones are. */
  float[] pixels(ClipConfig config) {
    int side = config.vision().imageSize();
    int n = Math.multiplyExact(batch, VisionConfig.CHANNELS * side * side);
    return RandomWeights.uniform(n, /* seed= */ -1, 0, 1);
  }

  int[] labels() {
    return IntStream.range(0, batch).map(i -> i % model.classes()).toArray();
  }

  TokenBatch prompts(ClipConfig config) {
    return TokenBatch.of(tokens(config), ends());
  }

  /** Texts without what would pad them: neither side computes it. */
  private List<int[]> tokens(ClipConfig config) {
    int end = config.text().endToken();
    SplittableRandom random = new SplittableRandom(-2);
    return IntStream.range(0, model.classes())
        .mapToObj(
            i -> {
              int[] ids = random.ints(PROMPT, 0, end).toArray();
              ids[PROMPT - 1] = end;
              return ids;
            })
        .toList();
  }

  private int[] ends() {
    int[] ends = new int[model.classes()];
    Arrays.fill(ends, PROMPT - 1);
    return ends;
  }

  private Weights pixelsAlone(ClipConfig config) {
    int side = config.vision().imageSize();
    TensorSpec spec = TensorSpec.of("pixels", batch, VisionConfig.CHANNELS, side, side);
    return new Weights() {
      @Override
      public List<TensorSpec> tensors() {
        return List.of(spec);
      }

      @Override
      public void forEach(Reader reader) throws IOException {
        reader.accept(new NamedTensor(spec, pixels(config)));
      }
    };
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
