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
 * The data of both sides: a model with random weights, one batch of random pictures, and prompts as
 * long as "a photo of a tabby cat." with its start and end token.
 *
 * @param batch the pictures per step
 */
record Trial(TrialModel model, int batch) {
  /** Unmeasured steps at the start; their losses show whether both sides compute the same. */
  static final int WARM_UP = 2;

  static final double RATE = 1e-5;

  private static final int PROMPT = 9;
  private static final double SMOOTHING = 0.2;

  Trial {
    Check.argument(batch > 0, "Invalid batch: %s (at least 1)", batch);
  }

  /** Writes the trial as files for the Python side. */
  void write(Path folder) throws IOException {
    ClipConfig config = model.config();
    Files.write(folder.resolve("config.json"), model.configJson());
    SafetensorsWriter.write(folder.resolve("model.safetensors"), weights(config));
    SafetensorsWriter.write(folder.resolve("pixels.safetensors"), pixelWeights(config));
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

  /** Pixels [batch, 3, size, size], distributed like normalized ones. */
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

  /** Texts without padding, which neither side computes. */
  private List<int[]> tokens(ClipConfig config) {
    int end = config.text().vocabularySize() - 1;
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

  private Weights pixelWeights(ClipConfig config) {
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
