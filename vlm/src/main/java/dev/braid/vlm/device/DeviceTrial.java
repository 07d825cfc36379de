package dev.braid.vlm.device;

import dev.braid.model.NamedTensor;
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
import dev.braid.vlm.train.StateVector;
import dev.braid.vlm.train.TrainSettings;
import dev.braid.vlm.train.TrainState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs everything that a training needs on one device, with a random CLIP. */
final class DeviceTrial {
  private static final int[] LABELS = {0, 1, 0};
  private static final int CLASSES = 2;
  private static final int STEPS = 3;

  /*
   * The epsilon is large compared with gradients that are only rounding errors, such as those of the
   * keys' biases, which AdamW would otherwise scale to full steps.
   */
  private static final double RATE = 1e-2;
  private static final double EPSILON = 1e-3;

  private final Device device;
  private final ClipConfig config;
  private final Compute compute;
  private final RandomWeights start;
  private final float[] pixels;
  private final TokenBatch prompts;

  DeviceTrial(Device device, ClipConfig config, Compute compute) {
    this.device = device;
    this.config = config;
    this.compute = compute;
    this.start = new RandomWeights(config.tensors());
    int side = config.vision().imageSize();
    int values = LABELS.length * VisionConfig.CHANNELS * side * side;
    this.pixels = RandomWeights.uniform(values, /* seed= */ -1, 0, 1);
    this.prompts = prompts(config);
  }

  private static TokenBatch prompts(ClipConfig config) {
    int end = config.text().vocabularySize() - 1;
    SplittableRandom random = new SplittableRandom(-2);
    List<int[]> texts = new ArrayList<>();
    int[] ends = new int[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      ends[i] = config.text().contextLength() - 1 - i;
      int[] ids = random.ints(config.text().contextLength(), 0, end).toArray();
      Arrays.fill(ids, ends[i], ids.length, end);
      texts.add(ids);
    }
    return TokenBatch.of(texts, ends);
  }

  /** The results, by name. */
  Map<String, float[]> run() throws IOException {
    Map<String, float[]> results = new LinkedHashMap<>();
    results.put("the encoding", encode());
    try (ContrastiveLearner learner = learner()) {
      results.put("the gradient", gradient(learner));
      results.put("the loss", losses(learner));
      results.put("the learned difference", learned(learner.learner().state()));
      results.put("the resumed step", resumed(learner));
    }
    return results;
  }

  private float[] encode() throws IOException {
    ClipNetwork network = new ClipNetwork(config);
    int side = config.vision().imageSize();
    try (Scope scope = Scope.open(device)) {
      Parameters parameters = Parameters.load(scope, config.tensors(), start).computing(compute);
      var pictures = scope.tensor(pixels, LABELS.length, VisionConfig.CHANNELS, side, side);
      float[] images = network.encodeImages(scope, parameters, pictures).toArray();
      float[] texts = network.encodeTexts(scope, parameters, prompts).toArray();
      return concat(List.of(images, texts));
    }
  }

  private ContrastiveLearner learner() throws IOException {
    TrainSettings settings =
        new TrainSettings(
            LABELS.length, 2, compute, 100, 0, RATE, 0.2, 0.9, 0.999, EPSILON, 0.01, 0);
    int[] tokens = prompts.distinctIds();
    return new ContrastiveLearner(
        device, config, start, config.trained(), /* adapterScale= */ 1, settings, tokens);
  }

  private float[] gradient(ContrastiveLearner learner) {
    return concat(
        learner.gradients(pixels, LABELS, prompts).stream().map(NamedTensor::values).toList());
  }

  private float[] losses(ContrastiveLearner learner) {
    float[] losses = new float[STEPS];
    for (int step = 0; step < STEPS; step++) {
      losses[step] = learner.step(pixels, LABELS, prompts, RATE);
    }
    return losses;
  }

  /** The difference from the start, which is much smaller than the weights. */
  private float[] learned(TrainState state) throws IOException {
    List<float[]> before = new ArrayList<>();
    start.forEach(
        tensor -> {
          if (config.trained().contains(tensor.spec())) {
            before.add(tensor.values());
          }
        });
    return difference(concat(before), weights(state));
  }

  /** The difference that one more step makes, from moments whose sign was changed. */
  private float[] resumed(ContrastiveLearner learner) {
    TrainState state = learner.learner().state();
    float[] moments = vector(state, StateVector.FIRST_MOMENTS);
    for (int i = 0; i < moments.length; i++) {
      moments[i] = -2 * moments[i];
    }
    state.copyIn(StateVector.FIRST_MOMENTS, 0, moments, moments.length);
    float[] before = weights(state);
    learner.step(pixels, LABELS, prompts, RATE);
    return difference(before, weights(state));
  }

  private static float[] weights(TrainState state) {
    return vector(state, StateVector.WEIGHTS);
  }

  private static float[] vector(TrainState state, StateVector vector) {
    float[] all = new float[Math.toIntExact(state.coordinates())];
    state.copyOut(vector, 0, all, all.length);
    return all;
  }

  private static float[] difference(float[] from, float[] to) {
    float[] difference = new float[to.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = to[i] - from[i];
    }
    return difference;
  }

  private static float[] concat(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int offset = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, offset, part.length);
      offset += part.length;
    }
    return all;
  }
}
