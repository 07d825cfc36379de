package dev.braid.vlm.train;

import dev.braid.vlm.clip.ContrastiveLearner;
import dev.braid.vlm.clip.MicroClip;
import dev.braid.vlm.clip.TokenBatch;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A training step of 64 images, and the share of the optimizer in it.
 *
 * <p>Run {@code org.openjdk.jmh.Main TrainingStep} with the test class path.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls start() before anything else
public class TrainingStepBenchmark {
  private static final int BATCH = 64;

  /** Models like the demo's base and like a small real one. */
  public enum Shape {
    TINY(32, 128, 4, 4, 64, 2, 512, 16),
    SMALL(64, 192, 6, 3, 128, 3, 49_408, 32);

    private final String config;
    private final int pixels;

    Shape(
        int image,
        int width,
        int layers,
        int heads,
        int text,
        int textLayers,
        int words,
        int context) {
      pixels = 3 * image * image;
      config =
          """
          {"projection_dim": 128,
           "vision_config": {"image_size": %d, "patch_size": 8, "hidden_size": %d,
             "intermediate_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d},
           "text_config": {"hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d,
             "num_attention_heads": 2, "vocab_size": %d, "max_position_embeddings": %d,
             "eos_token_id": 1, "pad_token_id": 1}}
          """
              .formatted(
                  image,
                  width,
                  4 * width,
                  layers,
                  heads,
                  text,
                  4 * text,
                  textLayers,
                  words,
                  context);
    }
  }

  @Param Shape shape = Shape.TINY;

  @Param({"10", "101"})
  int prompts;

  private ContrastiveLearner learner;
  private TrainSettings settings;
  private TokenBatch texts;
  private float[] pixels;
  private int[] labels;

  @Setup
  public void start() throws IOException {
    ClipConfig config = ClipConfig.parse(shape.config.getBytes(StandardCharsets.UTF_8));
    settings = new TrainSettings(BATCH, 1000, 0, 1e-5, 0.2, 0.9, 0.999, 1e-8, 0, 0);
    texts = MicroClip.prompts(prompts, 9, config.text());
    learner =
        new ContrastiveLearner(
            config, MicroClip.weights(config, 1), config.trained(), settings, texts.distinctIds());
    Random random = new Random(2);
    pixels = new float[BATCH * shape.pixels];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    labels = random.ints(BATCH, 0, prompts).toArray();
  }

  @TearDown
  public void close() {
    learner.close();
  }

  @Benchmark
  public float step() {
    return learner.step(pixels, labels, texts, 1e-7);
  }

  @Benchmark
  public void optimizerAlone() {
    Optimizer update = new LiveAdamW(AdamW.of(settings, 0, 1e-7));
    for (Trained tensor : learner.learner().state().tensors()) {
      update.update(tensor, tensor.firstMoments());
    }
  }
}
