package dev.braid.bench;

import dev.braid.vlm.ClipNetwork;
import dev.braid.vlm.Parameters;
import dev.braid.vlm.TokenBatch;
import dev.braid.vlm.checkpoint.ClipConfig;
import dev.braid.vlm.checkpoint.VisionConfig;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import dev.braid.vlm.train.Learner;
import java.io.IOException;

/** What Braid repeats while its CPU time is taken. */
interface Work extends AutoCloseable {
  /** Does it once; returns a number that tells whether it was done right. */
  float once();

  @Override
  void close();

  /** The work of a trial. */
  static Work of(Measured measured, Trial trial) throws IOException {
    ClipConfig config = trial.model().config();
    return switch (measured) {
      case TRAIN -> training(trial, config);
      case ENCODE -> encoding(trial, config);
    };
  }

  /** A step; its number is the loss before it. */
  private static Work training(Trial trial, ClipConfig config) throws IOException {
    float[] pixels = trial.pixels(config);
    TokenBatch prompts = trial.prompts(config);
    Learner learner =
        new Learner(
            config,
            trial.weights(config),
            config.trained(),
            trial.settings(),
            prompts.distinctIds());
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

  /** A batch of pictures; its number is the first coordinate of the first vector. */
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
