package dev.braid.vlm.clip;

import dev.braid.model.Check;
import dev.braid.model.ParameterKind;
import dev.braid.model.ParameterSpace;
import dev.braid.model.Weights;
import dev.braid.vlm.Encoder;
import dev.braid.vlm.ModelDefinition;
import dev.braid.vlm.clip.checkpoint.ClipCheckpoint;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.clip.checkpoint.EncoderConfig;
import dev.braid.vlm.image.Preprocessor;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.train.FineTuning;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A CLIP without its weights: its shape, its preprocessing of images and its tokenizer. */
public final class ClipDefinition implements ModelDefinition {
  private static final String CONFIG = ClipCheckpoint.CONFIG;
  private static final String PREPROCESSOR = ClipCheckpoint.PREPROCESSOR;
  private static final String TOKENIZER = ClipCheckpoint.TOKENIZER;

  /** CLIP's pre-training clips the factor here; ln(100), stored as float32, lies above it. */
  private static final double LARGEST_LOGIT_SCALE = 100;

  private final ClipConfig config;
  private final Preprocessor preprocessor;
  private final byte[] tokenizerJson;

  /* Floats that a layer keeps for each token and unit of width; measured, docs/operations.md. */
  private static final long ACTIVATIONS = 22;

  private ClipDefinition(ClipConfig config, Preprocessor preprocessor, byte[] tokenizerJson) {
    Check.argument(
        preprocessor.imageSize() == config.vision().imageSize(),
        "Invalid %s: its images have %s pixels a side (image_size in %s is %s)",
        PREPROCESSOR,
        preprocessor.imageSize(),
        CONFIG,
        config.vision().imageSize());
    this.config = config;
    this.preprocessor = preprocessor;
    this.tokenizerJson = tokenizerJson;
  }

  /** The definition in the files of a Hugging Face CLIP directory, by their names. */
  public static ClipDefinition of(Map<String, byte[]> files) {
    return new ClipDefinition(
        ClipConfig.parse(file(files, CONFIG)),
        Preprocessor.parse(file(files, PREPROCESSOR)),
        file(files, TOKENIZER).clone());
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), () -> name + " is missing");
  }

  public ClipConfig config() {
    return config;
  }

  public Preprocessor preprocessor() {
    return preprocessor;
  }

  @Override
  public int dimension() {
    return config.projectionDim();
  }

  @Override
  public float logitScale(Weights base) throws IOException {
    float logarithm = base.tensor(ClipConfig.LOGIT_SCALE).values()[0];
    return (float) Math.min(LARGEST_LOGIT_SCALE, StrictMath.exp(logarithm));
  }

  @Override
  public Encoder load(Device device, Weights weights) throws IOException {
    return Clip.load(device, this, weights);
  }

  @Override
  public long activationBytes(int pictures, int prompts) {
    return pictures * activationBytes(config.vision().encoder(), config.vision().patches() + 1)
        + prompts * activationBytes(config.text().encoder(), config.text().contextLength());
  }

  /** The activations of one image or text: in every layer some vectors for each of its tokens. */
  private static long activationBytes(EncoderConfig encoder, long tokens) {
    return Float.BYTES * ACTIVATIONS * encoder.layers() * tokens * encoder.width();
  }

  @Override
  public FineTuning startTraining(
      Device device,
      Weights start,
      ParameterSpace space,
      TrainSettings settings,
      List<String> prompts)
      throws IOException {
    Check.argument(prompts.size() >= 2, "Cannot train: %s classes (at least 2)", prompts.size());
    TokenBatch encoded = encode(prompts);
    ContrastiveLearner learner =
        new ContrastiveLearner(
            device,
            config,
            start,
            space.tensors(),
            adapterScale(space.kind()),
            settings,
            encoded.distinctIds());
    return new FineTuning(
        preprocessor,
        learner.learner(),
        prompts.size(),
        (pixels, labels) -> learner.loss(pixels, labels, encoded));
  }

  @Override
  public Optional<SameTokens> sameTokens(List<String> texts) {
    Map<IntBuffer, Integer> seen = new HashMap<>();
    try (ClipTokenizer tokenizer = openTokenizer()) {
      for (int place = 0; place < texts.size(); place++) {
        IntBuffer ids = IntBuffer.wrap(tokenizer.encode(texts.get(place)));
        Integer other = seen.putIfAbsent(ids, place);
        if (other != null) {
          return Optional.of(new SameTokens(other, place));
        }
      }
    }
    return Optional.empty();
  }

  private TokenBatch encode(List<String> prompts) {
    try (ClipTokenizer tokenizer = openTokenizer()) {
      return TokenBatch.of(tokenizer, prompts);
    }
  }

  private static float adapterScale(ParameterKind kind) {
    return kind instanceof ParameterKind.Adapter adapter ? adapter.scale() : 1;
  }

  /** A new tokenizer, which the caller closes. */
  public ClipTokenizer openTokenizer() {
    return ClipTokenizer.of(tokenizerJson, config);
  }
}
