package dev.braid.bench;

import dev.braid.model.AdapterFactors;
import dev.braid.model.TensorSpec;
import dev.braid.vlm.clip.ClipNetwork;
import dev.braid.vlm.clip.ContrastiveLearner;
import dev.braid.vlm.clip.RandomWeights;
import dev.braid.vlm.clip.TokenBatch;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.clip.checkpoint.VisionConfig;
import dev.braid.vlm.tensor.Compute;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Work that Braid repeats while its CPU time is measured. */
interface Work extends AutoCloseable {
  /** The adapters' rank in METHODS 2.1. */
  int RANK = 64;

  /** Does the work once; returns a number to check the result by. */
  float once();

  @Override
  void close();

  /** The work of a trial. */
  static Work of(Measured measured, Trial trial) throws IOException {
    ClipConfig config = trial.model().config();
    return switch (measured) {
      case TRAIN -> training(trial, config, whole(trial, config, Compute.FLOAT32));
      case BFLOAT16 -> training(trial, config, whole(trial, config, Compute.BFLOAT16));
      case LORA -> training(trial, config, adapters(trial, config));
      case ENCODE -> encoding(trial, config);
    };
  }

  /** A step; its number is the loss before it. */
  private static Work training(Trial trial, ClipConfig config, ContrastiveLearner learner) {
    float[] pixels = trial.pixels(config);
    TokenBatch prompts = trial.prompts(config);
    return new Work() {
      @Override
      public float once() {
        return learner.step(pixels, trial.labels(), prompts, Trial.RATE);
      }

      @Override
      public void close() {
        learner.close();
      }
    };
  }

  /** A learner of all that a model has. */
  private static ContrastiveLearner whole(Trial trial, ClipConfig config, Compute compute)
      throws IOException {
    return new ContrastiveLearner(
        config,
        trial.weights(config),
        config.trained(),
        trial.settings(compute),
        trial.prompts(config).distinctIds());
  }

  /** A learner of adapters whose start is as made-up as the model's. */
  private static ContrastiveLearner adapters(Trial trial, ClipConfig config) throws IOException {
    List<TensorSpec> factors =
        AdapterFactors.of(
            config.tensors(),
            AdapterFactors.linears(config.tensors(), List.of("mlp.fc1", "mlp.fc2")),
            RANK);
    List<TensorSpec> all = Stream.concat(config.tensors().stream(), factors.stream()).toList();
    float scale = (float) (1 / Math.sqrt(RANK));
    return new ContrastiveLearner(
        Device.CPU,
        config,
        new RandomWeights(all),
        factors,
        scale,
        trial.settings(Compute.FLOAT32),
        trial.prompts(config).distinctIds());
  }

  /**
   * The encoding of a batch of pictures; its number is the first coordinate of the first vector.
   */
  private static Work encoding(Trial trial, ClipConfig config) throws IOException {
    float[] pixels = trial.pixels(config);
    int side = config.vision().imageSize();
    ClipNetwork network = new ClipNetwork(config);
    Scope scope = Scope.open();
    Parameters parameters = Parameters.load(scope, config.tensors(), trial.weights(config));
    return new Work() {
      @Override
      public float once() {
        try (Scope batch = scope.child()) {
          Tensor input = batch.tensor(pixels, trial.batch(), VisionConfig.CHANNELS, side, side);
          return network.encodeImages(batch, parameters, input).toArray()[0];
        }
      }

      @Override
      public void close() {
        scope.close();
      }
    };
  }
}
