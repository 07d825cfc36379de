package dev.braid.vlm.clip;

import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.clip.checkpoint.VisionConfig;
import dev.braid.vlm.tensor.Gradients;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.tensor.Tensor;
import dev.braid.vlm.train.BatchLoss;
import dev.braid.vlm.train.TrainSettings;
import java.util.Arrays;

/** The cross-entropy of images over prompts, computed in micro-batches of images. */
final class ContrastiveLoss {
  /*
   * The prompts are encoded once. The images' gradients stop at the prompts' vectors, which are cut
   * off as leaves; after all micro-batches have added their gradients, the sum continues through the
   * text tower. What a micro-batch computed is freed before the next.
   */
  private final ClipNetwork network;
  private final int side;
  private final TrainSettings settings;
  private final boolean trainsTexts;

  /**
   * The loss for a model of this shape.
   *
   * @param trainsTexts whether a tensor of the text tower is trained
   */
  ContrastiveLoss(ClipConfig config, TrainSettings settings, boolean trainsTexts) {
    this.network = new ClipNetwork(config);
    this.side = config.vision().imageSize();
    this.settings = settings;
    this.trainsTexts = trainsTexts;
  }

  /**
   * The loss of a batch.
   *
   * @param pixels [labels, 3, size, size]
   * @param labels the index of each image's prompt
   */
  BatchLoss of(float[] pixels, int[] labels, TokenBatch prompts) {
    Batch batch = new Batch(pixels, labels);
    return (step, parameters) ->
        Gradients.recording(() -> differentiate(step, parameters, batch, prompts));
  }

  private float differentiate(Scope step, Parameters parameters, Batch batch, TokenBatch prompts) {
    Tensor texts = network.encodeTexts(step, parameters, prompts);
    Tensor cut = step.leaf(texts);
    float loss = 0;
    for (int from = 0; from < batch.size(); from += settings.microBatch()) {
      int to = Math.min(from + settings.microBatch(), batch.size());
      loss += differentiate(step, parameters, batch.part(from, to), batch.size(), cut);
    }
    if (trainsTexts) {
      Gradients.backward(texts, cut.gradient());
    }
    return loss;
  }

  private float differentiate(
      Scope step, Parameters parameters, Batch part, int batchSize, Tensor texts) {
    try (Scope inner = step.child()) {
      Tensor pixels = inner.tensor(part.pixels(), part.size(), VisionConfig.CHANNELS, side, side);
      Tensor images = network.encodeImages(inner, parameters, pixels);
      Tensor scale = parameters.get(ClipConfig.LOGIT_SCALE).in(inner).exp();
      Tensor logits = images.matmul(texts.transpose()).times(scale);
      return Gradients.backward(
          Losses.smoothedCrossEntropy(
              inner, logits, part.labels(), batchSize, settings.labelSmoothing()));
    }
  }

  /** Images and the index of each one's prompt. */
  @SuppressWarnings("ArrayRecordComponent") // private to this file, never compared
  private record Batch(float[] pixels, int[] labels) {
    int size() {
      return labels.length;
    }

    Batch part(int from, int to) {
      if (to - from == size()) {
        return this;
      }
      int length = pixels.length / size();
      return new Batch(
          Arrays.copyOfRange(pixels, from * length, to * length),
          Arrays.copyOfRange(labels, from, to));
    }
  }
}
