package dev.braid.vlm.clip;

import dev.braid.model.Check;
import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.clip.checkpoint.TextConfig;
import dev.braid.vlm.train.StateVector;
import dev.braid.vlm.train.TrainSettings;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The training of a base on captioned images: each image finds its caption among those of the
 * batch.
 *
 * <p>Equal captions of a batch count as one. The logit scale is not trained. Not safe for use by
 * several threads.
 */
public final class Pretraining implements AutoCloseable {
  private final ClipConfig config;
  private final TrainSettings settings;
  private final ClipTokenizer tokenizer;
  private final ContrastiveLearner learner;

  private Pretraining(
      ClipConfig config,
      TrainSettings settings,
      ClipTokenizer tokenizer,
      ContrastiveLearner learner) {
    this.config = config;
    this.settings = settings;
    this.tokenizer = tokenizer;
    this.learner = learner;
  }

  /** A training at step 0 of all tensors but the logit scale. */
  public static Pretraining start(ClipDefinition definition, Weights start, TrainSettings settings)
      throws IOException {
    ClipConfig config = definition.config();
    int[] tokens = allTokens(config.text());
    ContrastiveLearner learner =
        new ContrastiveLearner(config, start, config.trained(), settings, tokens);
    return new Pretraining(config, settings, definition.openTokenizer(), learner);
  }

  private static int[] allTokens(TextConfig text) {
    return IntStream.range(0, text.vocabularySize()).toArray();
  }

  /** The steps done so far. */
  public int steps() {
    return learner.learner().state().step();
  }

  /** Takes one step on pixels [captions, 3, size, size]; returns the loss before it. */
  public float step(float[] pixels, List<String> captions) {
    List<String> distinct = captions.stream().distinct().toList();
    Check.argument(distinct.size() >= 2, "Cannot train: %s captions (at least 2)", distinct.size());
    int[] labels = captions.stream().mapToInt(distinct::indexOf).toArray();
    TokenBatch prompts = TokenBatch.of(tokenizer, distinct);
    return learner.step(pixels, labels, prompts, settings.schedule().rate(steps()));
  }

  /** Passes the current values of the trained tensors to the reader. */
  public void read(Weights.Reader reader) throws IOException {
    learner.learner().checkFinite();
    long start = 0;
    for (TensorSpec spec : config.trained()) {
      float[] values = new float[Math.toIntExact(spec.size())];
      learner.learner().state().copyOut(StateVector.WEIGHTS, start, values, values.length);
      start += values.length;
      reader.accept(new NamedTensor(spec, values));
    }
  }

  @Override
  public void close() {
    tokenizer.close();
    learner.close();
  }
}
