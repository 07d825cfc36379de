package dev.braid.vlm.clip;

import dev.braid.model.NamedTensor;
import dev.braid.model.TensorSpec;
import dev.braid.model.Weights;
import dev.braid.vlm.clip.checkpoint.ClipConfig;
import dev.braid.vlm.tensor.Device;
import dev.braid.vlm.tensor.Parameters;
import dev.braid.vlm.tensor.Scope;
import dev.braid.vlm.train.BatchLoss;
import dev.braid.vlm.train.Learner;
import dev.braid.vlm.train.Span;
import dev.braid.vlm.train.TrainSettings;
import dev.braid.vlm.train.Trainable;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Trains a CLIP to find the prompt that belongs to each image. */
public final class ContrastiveLearner implements AutoCloseable {
  private static final String TEXT_SIDE = "text_";
  private static final String TOKEN_TABLE = "text_model.embeddings.token_embedding.weight";

  private final ContrastiveLoss loss;
  private final Learner learner;

  /** A learner on the CPU for the model's own tensors. */
  public ContrastiveLearner(
      ClipConfig config,
      Weights start,
      List<TensorSpec> trained,
      TrainSettings settings,
      int[] tokens)
      throws IOException {
    this(Device.CPU, config, start, trained, /* adapterScale= */ 1, settings, tokens);
  }

  /**
   * A learner at step 0.
   *
   * @param trained tensors of the model, or factors of adapters of its linear layers
   * @param adapterScale the factor of the adapters' products
   * @param tokens all token ids that the prompts of its steps will contain
   */
  public ContrastiveLearner(
      Device device,
      ClipConfig config,
      Weights start,
      List<TensorSpec> trained,
      float adapterScale,
      TrainSettings settings,
      int[] tokens)
      throws IOException {
    boolean trainsTexts = trained.stream().anyMatch(spec -> spec.name().startsWith(TEXT_SIDE));
    this.loss = new ContrastiveLoss(config, settings, trainsTexts);
    Scope scope = Scope.open(device);
    try {
      Set<TensorSpec> tensors = new LinkedHashSet<>(config.tensors());
      tensors.addAll(trained);
      Parameters parameters =
          Parameters.load(scope, List.copyOf(tensors), start)
              .scalingAdapters(adapterScale)
              .computing(settings.compute());
      int width = config.text().encoder().width();
      boolean decays = settings.weightDecay() != 0;
      List<Trainable> trainables =
          trained.stream()
              .map(
                  spec ->
                      spec.name().equals(TOKEN_TABLE) && !decays
                          ? rows(spec, width, tokens)
                          : Trainable.whole(spec))
              .toList();
      this.learner = new Learner(scope, parameters, trainables, settings);
    } catch (IOException | RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  /*
   * A token that is in no prompt never gets a gradient, and its row of the table does not change
   * unless weights decay. Leaving those rows out gives the same bits and saves most of the
   * optimizer's work on a small model: a hundred prompts use about two hundred of 49,408 rows.
   */
  private static Trainable rows(TensorSpec table, int width, int[] tokens) {
    return new Trainable(
        table,
        Arrays.stream(tokens).mapToObj(id -> new Span(id * width, (id + 1) * width)).toList());
  }

  /** The loss of a batch; see {@link ContrastiveLoss#of}. */
  BatchLoss loss(float[] pixels, int[] labels, TokenBatch prompts) {
    return loss.of(pixels, labels, prompts);
  }

  /**
   * Takes one step at this learning rate; returns the loss before it.
   *
   * @param pixels [labels, 3, size, size]
   * @param labels the index of each image's prompt
   */
  public float step(float[] pixels, int[] labels, TokenBatch prompts, double rate) {
    return learner.step(loss(pixels, labels, prompts), rate);
  }

  /** The gradient of a batch's loss with respect to every trained tensor. */
  public List<NamedTensor> gradients(float[] pixels, int[] labels, TokenBatch prompts) {
    return learner.gradients(loss(pixels, labels, prompts));
  }

  /** The family-independent part, which holds the state. */
  public Learner learner() {
    return learner;
  }

  @Override
  public void close() {
    learner.close();
  }
}
